package io.vyra.modulemanager.api.repository;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.json.Page;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.semver4j.Semver;

/** What could be installed, and what of it is. */
@Path("/api/v1/catalog")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {
    private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9-]{1,64}");
    /** Name, version and repository. */
    private static final Pattern KEY = Pattern.compile("[a-z0-9_]+ [0-9A-Za-z.+-]+ [a-z0-9-]+");

    private final Catalog catalog;
    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public CatalogResource(Catalog catalog, ModuleManager manager, CurrentPrincipal current) {
        this.catalog = catalog;
        this.manager = manager;
        this.current = current;
    }

    public record CatalogItem(
            String repository,
            String name,
            String version,
            String description,
            String author,
            List<String> blueprints,
            String icon,
            List<Dependency> dependencies,
            Long size,
            String checksum,
            List<Installed> installed,
            boolean updateAvailable) {}

    public record Dependency(String name, String range, boolean optional) {}

    public record Installed(String moduleId, String version) {}

    @GET
    @Requires(Role.VIEWER)
    public Response search(
            @QueryParam("q") String text, @QueryParam("repository") String repository, @Context UriInfo uri) {
        Checks checks = new Checks();
        checks.optionalLength("?q", text, 0, 128);
        checks.matches("?repository", repository, REPOSITORY, "1 to 64 lower-case letters, digits and hyphens");
        Page.Request page = Page.Request.of(uri, checks, KEY.asMatchPredicate());
        checks.requireNone();
        Map<String, List<ModuleView>> installed =
                manager.modules(current.caller()).stream().collect(Collectors.groupingBy(ModuleView::name));
        List<CatalogEntry> found = catalog.search(Optional.ofNullable(text), Optional.ofNullable(repository));
        return page.cut(behind(found, page.after()), CatalogResource::key)
                .map(entry -> item(entry, installed.getOrDefault(entry.name(), List.of())))
                .response(uri);
    }

    private static String key(CatalogEntry entry) {
        return entry.name() + " " + entry.version() + " " + entry.repositoryId();
    }

    private static List<CatalogEntry> behind(List<CatalogEntry> entries, Optional<String> after) {
        if (after.isEmpty()) {
            return entries;
        }
        return entries.stream()
                .dropWhile(entry -> !key(entry).equals(after.get()))
                .skip(1)
                .toList();
    }

    private static CatalogItem item(CatalogEntry entry, List<ModuleView> installed) {
        return new CatalogItem(
                entry.repositoryId(),
                entry.name(),
                entry.version().toString(),
                entry.description(),
                entry.author(),
                entry.blueprints(),
                entry.icon().orElse(null),
                entry.dependencies().stream()
                        .map(needed ->
                                new Dependency(needed.name(), needed.range().toString(), needed.optional()))
                        .toList(),
                entry.size().isPresent() ? entry.size().getAsLong() : null,
                entry.checksum().orElse(null),
                installed.stream()
                        .map(module ->
                                new Installed(module.id(), module.version().orElse(null)))
                        .toList(),
                installed.stream().anyMatch(module -> isOlder(module, entry.version())));
    }

    private static boolean isOlder(ModuleView module, Semver offered) {
        return module.version()
                .map(Semver::parse)
                .filter(present -> present.isLowerThan(offered))
                .isPresent();
    }
}

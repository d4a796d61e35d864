package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What could be installed, what that would do, and doing it: {@code api/catalog}, {@code api/plans}, {@code api/install}. Thread-safe. */
final class PackageBranch implements Branch {
    private static final int LONGEST = 128;
    /** Name, version and repository. */
    private static final Pattern KEY = Pattern.compile("[a-z0-9_]+ [0-9A-Za-z.+-]+ [a-z0-9-]+");

    private static final List<String> OF_AN_INSTALL = List.of("name", "version", "repository", "instance_id", "start");

    private final ModuleManager manager;
    private final Catalog catalog;
    private final Documents documents = new Documents();
    private final PackageDocuments packages = new PackageDocuments(documents);

    PackageBranch(ModuleManager manager, Catalog catalog) {
        this.manager = manager;
        this.catalog = catalog;
    }

    @Override
    public JsonNode answer(List<String> path, Request request) {
        if (path.size() != 1) {
            throw ApiCatalog.nothingAt(path);
        }
        return switch (path.getFirst()) {
            case "catalog" -> search(request);
            case "plans" -> plan(request);
            default -> install(request);
        };
    }

    private JsonNode search(Request request) {
        Permissions.requireNoModule(request);
        Optional<String> text = request.text("q", LONGEST);
        Optional<String> repository = repository(request);
        Page.Wanted wanted = Page.Wanted.of(request, KEY.asMatchPredicate());
        request.refuseUnknown();
        Map<String, List<ModuleView>> installed =
                manager.modules(request.caller()).stream().collect(Collectors.groupingBy(ModuleView::name));
        List<CatalogEntry> found = catalog.search(text, repository);
        Page<CatalogEntry> page = wanted.cut(wanted.behind(found, PackageBranch::key), PackageBranch::key);
        return documents.page(new Page<>(
                page.items().stream()
                        .map(entry -> packages.catalogItem(entry, installed.getOrDefault(entry.name(), List.of())))
                        .toList(),
                page.next()));
    }

    private static Optional<String> repository(Request request) {
        Optional<String> repository = request.textOrNothing("repository", LONGEST);
        Checks checks = new Checks();
        ModuleFields.repository(checks, "/repository", repository.orElse(null));
        checks.requireNone();
        return repository;
    }

    private static String key(CatalogEntry entry) {
        return entry.name() + " " + entry.version() + " " + entry.repositoryId();
    }

    /** Either the arguments of an install, or a module to update. */
    private JsonNode plan(Request request) {
        Permissions.requireNoModule(request);
        Optional<String> module = request.text("module", LONGEST);
        Optional<String> version = request.text("desired_version", LONGEST);
        if (module.isEmpty()) {
            if (version.isPresent()) {
                throw Request.wrong(
                        "desired_version", "belongs to an update, which names the module; an install takes version");
            }
            InstallRequest install = installRequest(request);
            request.refuseUnknown();
            return packages.plan(manager.planInstall(install, request.caller()));
        }
        for (String field : OF_AN_INSTALL) {
            if (request.has(field)) {
                throw Request.wrong(field, "belongs to an install; an update takes module and desired_version");
            }
        }
        request.refuseUnknown();
        return packages.plan(manager.planUpdate(module.get(), version, request.caller()));
    }

    private JsonNode install(Request request) {
        Permissions.require(Role.DEVELOPER, request);
        InstallRequest install = installRequest(request);
        return documents.operation(manager.install(install, request.context("install")));
    }

    private static InstallRequest installRequest(Request request) {
        Optional<String> name = request.textOrNothing("name", LONGEST);
        Optional<String> version = request.textOrNothing("version", LONGEST);
        Optional<String> repository = request.textOrNothing("repository", LONGEST);
        Optional<String> instanceId = request.textOrNothing("instance_id", LONGEST);
        Checks checks = new Checks();
        ModuleFields.install(
                checks, name.orElse(null), version.orElse(null), repository.orElse(null), instanceId.orElse(null));
        checks.requireNone();
        return new InstallRequest(name.orElseThrow(), version, repository, instanceId, request.flag("start"));
    }
}

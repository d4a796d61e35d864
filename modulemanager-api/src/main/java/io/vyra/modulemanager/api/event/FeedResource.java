package io.vyra.modulemanager.api.event;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.json.Page;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
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
import java.util.Optional;
import java.util.regex.Pattern;

/** The history of feeds. */
@Path("/api/v1/feeds")
@Produces(MediaType.APPLICATION_JSON)
public class FeedResource {
    private static final Pattern KEY = Pattern.compile("[0-9]{1,18}");

    private final FeedHub hub;
    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public FeedResource(FeedHub hub, ModuleManager manager, CurrentPrincipal current) {
        this.hub = hub;
        this.manager = manager;
        this.current = current;
    }

    /** {@code next} names the last entry there is, seen or hidden, so that a client can ask on for what comes later. */
    @GET
    @Requires(Role.VIEWER)
    public Response read(@QueryParam("module") String module, @Context UriInfo uri) {
        Checks checks = new Checks();
        checks.optionalLength("?module", module, 1, 128);
        Optional<FeedEntry.Kind> wanted =
                checks.constant("?kind", uri.getQueryParameters().getFirst("kind"), FeedEntry.Kind.class);
        Page.Request page = Page.Request.of(uri, checks, KEY.asMatchPredicate());
        long after = page.after().map(Long::parseLong).orElse(0L);
        checks.requireNone();
        Visibility visibility = Visibility.of(manager, current.caller());
        List<FeedEvent.Entry> entries =
                hub.history(Optional.ofNullable(module), wanted, after, Integer.MAX_VALUE).stream()
                        .filter(entry -> visibility.maySee(entry.entry().moduleId()))
                        .limit(page.limit())
                        .toList();
        Optional<String> next = entries.isEmpty()
                ? page.after()
                : Optional.of(String.valueOf(entries.getLast().id()));
        return new Page<>(
                        entries.stream().map(FeedBody::of).toList(),
                        next.map(Page::cursor).orElse(null))
                .response(uri);
    }
}

package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.json.Page;
import io.vyra.modulemanager.api.operation.Commands;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The modules themselves: list, install, look at, change, remove. */
@Path("/api/v1/modules")
@Produces(MediaType.APPLICATION_JSON)
public class ModuleResource {
    private final ModuleManager manager;
    private final CurrentPrincipal current;
    private final Commands commands;
    private final ModuleDocuments documents;

    public ModuleResource(
            ModuleManager manager, CurrentPrincipal current, Commands commands, ModuleDocuments documents) {
        this.manager = manager;
        this.current = current;
        this.commands = commands;
        this.documents = documents;
    }

    @GET
    @Requires(Role.VIEWER)
    public Response list(@QueryParam("q") String text, @Context UriInfo uri) {
        Checks checks = new Checks();
        Optional<ModuleView.Phase> phase =
                checks.constant("?state", uri.getQueryParameters().getFirst("state"), ModuleView.Phase.class);
        checks.optionalLength("?q", text, 0, 128);
        Page.Request page =
                Page.Request.of(uri, checks, key -> ModuleId.parse(key).isPresent());
        checks.requireNone();
        List<ModuleView> behind = manager.modules(current.caller()).stream()
                .filter(module -> phase.isEmpty() || module.state().phase() == phase.get())
                .filter(module -> text == null || mentions(module, text))
                .filter(module -> page.after().isEmpty()
                        || module.id().compareTo(page.after().get()) > 0)
                .toList();
        return page.cut(behind, ModuleView::id).map(documents::of).response(uri);
    }

    private static boolean mentions(ModuleView module, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of(
                        module.id(),
                        module.alias().orElse(""),
                        module.about().displayName(),
                        module.about().description())
                .anyMatch(place -> place.toLowerCase(Locale.ROOT).contains(wanted));
    }

    @POST
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response install(InstallBody body) {
        Checks checks = new Checks();
        body.check(checks);
        checks.requireNone();
        return commands.accepted(manager.install(body.toRequest(), commands.context(body)));
    }

    @GET
    @Path("{id}")
    @Requires(value = Role.VIEWER, moduleToken = true)
    public Response get(@PathParam("id") String id) {
        ModuleView view = manager.module(id, current.caller());
        return Response.ok(ModuleBody.of(view))
                .header(HttpHeaders.ETAG, EntityTags.header(view.etag()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @PATCH
    @Path("{id}")
    @Requires(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, ChangeBody body) {
        if (!body.changesStateOnly()) {
            current.require(Role.DEVELOPER);
        }
        Checks checks = new Checks();
        ModuleManager.ModuleChange change = body.toChange(checks);
        checks.requireNone();
        ModuleView view = manager.module(id, current.caller());
        String etag = EntityTags.requireMatch(ifMatch, view.etag());
        return commands.accepted(manager.change(id, change, etag, commands.context(body)));
    }

    @DELETE
    @Path("{id}")
    @Requires(Role.DEVELOPER)
    public Response remove(@PathParam("id") String id, @QueryParam("keep_data") String keepData) {
        Checks checks = new Checks();
        boolean keep = checks.flag("?keep_data", keepData).orElse(false);
        checks.requireNone();
        return commands.accepted(manager.remove(id, keep, commands.context("")));
    }

    @POST
    @Path("{id}/{command: start|stop|restart|suspend|resume}")
    @Requires(Role.OPERATOR)
    public Response command(@PathParam("id") String id, @PathParam("command") String command) {
        return run(id, ModuleManager.Command.valueOf(command.toUpperCase(Locale.ROOT)));
    }

    @POST
    @Path("{id}/rollback")
    @Requires(Role.DEVELOPER)
    public Response rollback(@PathParam("id") String id) {
        return run(id, ModuleManager.Command.ROLLBACK);
    }

    private Response run(String id, ModuleManager.Command command) {
        return commands.accepted(manager.command(id, command, commands.context("")));
    }
}

package io.vyra.modulemanager.api.operation;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.json.Page;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.GET;
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
import java.util.Optional;

/** What was asked for, and how far it is. */
@Path("/api/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
public class OperationResource {
    /** Operations looked through for a page; older ones can be had by their id. */
    private static final int HORIZON = 10_000;

    private final ModuleManager manager;
    private final CurrentPrincipal current;
    private final Commands commands;

    public OperationResource(ModuleManager manager, CurrentPrincipal current, Commands commands) {
        this.manager = manager;
        this.current = current;
        this.commands = commands;
    }

    @GET
    @Requires(Role.VIEWER)
    public Response list(@QueryParam("module") String module, @Context UriInfo uri) {
        Checks checks = new Checks();
        checks.optionalLength("?module", module, 1, 128);
        Optional<Operation.Status> wanted =
                checks.constant("?status", uri.getQueryParameters().getFirst("status"), Operation.Status.class);
        Page.Request page = Page.Request.of(uri, checks, ModuleId::isInstanceId);
        checks.requireNone();
        int horizon = page.after().isPresent() ? HORIZON : page.limit() + 1;
        List<Operation> operations = manager.operations(
                new ModuleManager.OperationFilter(Optional.ofNullable(module), wanted, horizon), current.caller());
        return page.cut(behind(operations, page.after()), Operation::id)
                .map(commands::body)
                .response(uri);
    }

    private static List<Operation> behind(List<Operation> operations, Optional<String> after) {
        if (after.isEmpty()) {
            return operations;
        }
        return operations.stream()
                .dropWhile(operation -> !operation.id().equals(after.get()))
                .skip(1)
                .toList();
    }

    @GET
    @Path("{id}")
    @Requires(Role.VIEWER)
    public Response get(@PathParam("id") String id) {
        Operation operation = manager.operation(id, current.caller());
        Response.ResponseBuilder response = Response.ok(commands.body(operation));
        if (!operation.status().isFinal()) {
            response.header(HttpHeaders.RETRY_AFTER, 1);
        }
        return response.build();
    }

    @POST
    @Path("{id}/cancel")
    @Requires(Role.OPERATOR)
    public Response cancel(@PathParam("id") String id) {
        return commands.accepted(manager.cancel(id, current.caller()));
    }
}

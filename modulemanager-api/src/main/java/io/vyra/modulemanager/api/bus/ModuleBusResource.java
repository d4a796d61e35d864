package io.vyra.modulemanager.api.bus;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Parameters, interfaces and calls of one module. An unknown module is still told apart from a missing bus. */
@Path("/api/v1/modules/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ModuleBusResource {
    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public ModuleBusResource(ModuleManager manager, CurrentPrincipal current) {
        this.manager = manager;
        this.current = current;
    }

    @GET
    @Path("params")
    @Requires(Role.VIEWER)
    public Response params(@PathParam("id") String id) {
        throw noBus(id);
    }

    @PUT
    @Path("params")
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response setParams(@PathParam("id") String id, JsonNode values) {
        throw noBus(id);
    }

    @GET
    @Path("params/history")
    @Requires(Role.VIEWER)
    public Response paramsHistory(@PathParam("id") String id) {
        throw noBus(id);
    }

    @POST
    @Path("params/restore")
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response restoreParams(@PathParam("id") String id, JsonNode which) {
        throw noBus(id);
    }

    @GET
    @Path("params/{key}")
    @Requires(Role.VIEWER)
    public Response param(@PathParam("id") String id, @PathParam("key") String key) {
        throw noBus(id);
    }

    @PUT
    @Path("params/{key}")
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response setParam(@PathParam("id") String id, @PathParam("key") String key, JsonNode value) {
        throw noBus(id);
    }

    @GET
    @Path("interfaces")
    @Requires(Role.VIEWER)
    public Response interfaces(@PathParam("id") String id) {
        throw noBus(id);
    }

    @POST
    @Path("call/{function}")
    @Requires(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response call(@PathParam("id") String id, @PathParam("function") String function, JsonNode arguments) {
        throw noBus(id);
    }

    private ProblemException noBus(String reference) {
        ModuleView module = manager.module(reference, current.caller());
        return new ProblemException(
                ProblemType.NOT_IMPLEMENTED, "The manager has no bus over which it could ask " + module.id() + ".");
    }
}

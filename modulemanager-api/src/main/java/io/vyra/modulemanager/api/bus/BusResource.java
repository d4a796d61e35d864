package io.vyra.modulemanager.api.bus;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The manager's own bus. */
@Path("/api/v1/bus")
@Produces(MediaType.APPLICATION_JSON)
public class BusResource {
    @GET
    @Requires(Role.VIEWER)
    public Response get() {
        throw new ProblemException(ProblemType.NOT_IMPLEMENTED, "The manager has no bus.");
    }
}

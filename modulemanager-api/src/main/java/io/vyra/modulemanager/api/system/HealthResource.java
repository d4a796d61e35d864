package io.vyra.modulemanager.api.system;

import io.vyra.modulemanager.api.auth.Open;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The short health answer that VYRA's documents promise. The probes of orchestrators are under {@code /q/health}. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private final SystemStatus status;

    public HealthResource(SystemStatus status) {
        this.status = status;
    }

    public record Health(String status, String mode, double uptimeSeconds) {}

    @GET
    @Open
    public Health get() {
        return new Health("ok", status.distribution(), status.uptimeSeconds());
    }
}

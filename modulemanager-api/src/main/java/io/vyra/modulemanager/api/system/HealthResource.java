package io.vyra.modulemanager.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
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

    /** @param zenohConnected left out where there is no bus */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Health(String status, String mode, Boolean zenohConnected, double uptimeSeconds) {}

    @GET
    @Open
    public Health get() {
        return new Health(
                status.bus().equals("down") ? "degraded" : "ok",
                status.distribution(),
                status.busConnected().orElse(null),
                status.uptimeSeconds());
    }
}

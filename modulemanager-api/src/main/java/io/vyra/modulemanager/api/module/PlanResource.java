package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** What an install or an update would do. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {
    private final ModuleManager manager;
    private final CurrentPrincipal current;
    private final ForwardedRequests forwarded;

    public PlanResource(ModuleManager manager, CurrentPrincipal current, ForwardedRequests forwarded) {
        this.manager = manager;
        this.current = current;
        this.forwarded = forwarded;
    }

    /** Either the body of an install, or a module to update. */
    public record PlanRequest(
            String name,
            String version,
            String repository,
            String instanceId,
            Boolean start,
            String module,
            String desiredVersion) {}

    @POST
    @Requires(Role.VIEWER)
    @Consumes(MediaType.APPLICATION_JSON)
    public PlanBody plan(PlanRequest body) {
        Plan plan = body.module() == null ? install(body) : update(body);
        return PlanBody.of(plan, forwarded.prefix(current.request()));
    }

    private Plan install(PlanRequest body) {
        Checks checks = new Checks();
        InstallBody install =
                new InstallBody(body.name(), body.version(), body.repository(), body.instanceId(), body.start());
        install.check(checks);
        if (body.desiredVersion() != null) {
            checks.add("/desired_version", "belongs to an update, which names the module; an install takes version");
        }
        checks.requireNone();
        return manager.planInstall(install.toRequest(), current.caller());
    }

    private Plan update(PlanRequest body) {
        Checks checks = new Checks();
        checks.length("/module", body.module(), 1, 128);
        ModuleFields.range(checks, "/desired_version", body.desiredVersion());
        refuse(checks, "/name", body.name());
        refuse(checks, "/version", body.version());
        refuse(checks, "/repository", body.repository());
        refuse(checks, "/instance_id", body.instanceId());
        refuse(checks, "/start", body.start());
        checks.requireNone();
        return manager.planUpdate(body.module(), Optional.ofNullable(body.desiredVersion()), current.caller());
    }

    private static void refuse(Checks checks, String pointer, Object value) {
        if (value != null) {
            checks.add(pointer, "belongs to an install; an update takes module and desired_version");
        }
    }
}

package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the retention rule keeps and would delete now. */
@Path("/api/v1/retention")
@Produces(MediaType.APPLICATION_JSON)
public class RetentionResource {
    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public RetentionResource(ModuleManager manager, CurrentPrincipal current) {
        this.manager = manager;
        this.current = current;
    }

    @GET
    @Requires(Role.VIEWER)
    public InsightResource.Items<KeptVersionBody> get() {
        return new InsightResource.Items<>(manager.retention(current.caller()).stream()
                .map(KeptVersionBody::of)
                .toList());
    }
}

package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.operation.Commands;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/** Installs a package file that the client sends. */
@Path("/api/v1/modules/upload")
@Produces(MediaType.APPLICATION_JSON)
public class UploadResource {
    private final ModuleManager manager;
    private final Commands commands;
    private final UploadStaging staging;

    public UploadResource(ModuleManager manager, Commands commands, UploadStaging staging) {
        this.manager = manager;
        this.commands = commands;
        this.staging = staging;
    }

    @POST
    @Requires(Role.DEVELOPER)
    @Consumes("application/gzip")
    public Response upload(
            @QueryParam("instance_id") String instanceId,
            @QueryParam("start") String start,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) String announced,
            InputStream body) {
        Checks checks = new Checks();
        ModuleFields.instanceId(checks, "?instance_id", instanceId);
        Optional<Boolean> wanted = checks.flag("?start", start);
        checks.requireNone();
        UploadStaging.Staged staged = staging.receive(body, announced);
        // From here on the file is the manager's: the operation that takes it over may run after this answer.
        return commands.accepted(manager.installFile(
                staged.file(), Optional.ofNullable(instanceId), wanted, commands.context(staged.sha256())));
    }
}

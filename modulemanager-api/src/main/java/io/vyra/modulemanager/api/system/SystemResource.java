package io.vyra.modulemanager.api.system;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Backups;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The manager and its machine. */
@Path("/api/v1/system")
public class SystemResource {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final SystemStatus status;
    private final Diagnostics diagnostics;
    private final Database database;
    private final Backups backups;
    private final InstantSource clock;
    private final CurrentPrincipal current;

    public SystemResource(
            SystemStatus status,
            Diagnostics diagnostics,
            Database database,
            Backups backups,
            InstantSource clock,
            CurrentPrincipal current) {
        this.status = status;
        this.diagnostics = diagnostics;
        this.database = database;
        this.backups = backups;
        this.clock = clock;
        this.current = current;
    }

    public record Backup(String file, long bytes, Instant createdAt) {}

    @GET
    @Requires(Role.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    public SystemStatus.SystemBody get() {
        return status.read(current.caller());
    }

    @GET
    @jakarta.ws.rs.Path("diagnostics")
    @Requires(Role.ADMIN)
    @Produces("application/zip")
    public Response diagnostics() {
        return Response.ok(diagnostics.bundle(current.caller()))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"diagnostics-" + STAMP.format(clock.instant()) + ".zip\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @jakarta.ws.rs.Path("backup")
    @Requires(Role.ADMIN)
    @Produces(MediaType.APPLICATION_JSON)
    public Response backup() {
        Instant now = clock.instant();
        try {
            java.nio.file.Path file = backups.take(database);
            Backup backup =
                    new Backup(file.getFileName().toString(), Files.size(file), now.truncatedTo(ChronoUnit.MILLIS));
            return Response.status(Response.Status.CREATED).entity(backup).build();
        } catch (IOException | StateException e) {
            throw new ProblemException(
                    ProblemType.DISK_FULL,
                    "The copy could not be written to the folder backups. Free some space and try" + " again.",
                    e);
        }
    }
}

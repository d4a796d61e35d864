package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ModuleProcess;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What all modules use at one moment: one request for who draws the curves of many. */
@Path("/api/v1/stats")
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {
    private final ModuleManager manager;
    private final CurrentPrincipal current;
    private final InstantSource clock;

    public UsageResource(ModuleManager manager, CurrentPrincipal current, InstantSource clock) {
        this.manager = manager;
        this.current = current;
        this.clock = clock;
    }

    public record Usages(Instant at, List<Usage> items) {}

    public record Usage(String moduleId, Double cpuSeconds, Long memoryBytes, Integer processes, long restarts) {}

    @GET
    @Requires(Role.VIEWER)
    public Usages list() {
        Caller caller = current.caller();
        Instant at = clock.instant();
        return new Usages(
                at,
                manager.modules(caller).stream()
                        .flatMap(module -> usage(module, caller))
                        .toList());
    }

    private Stream<Usage> usage(ModuleView module, Caller caller) {
        ModuleStats stats;
        try {
            stats = manager.stats(module.id(), caller);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.MODULE_NOT_FOUND) {
                // It was removed since it was listed.
                return Stream.empty();
            }
            throw e;
        }
        Optional<ModuleProcess.Usage> usage = stats.usage();
        return Stream.of(new Usage(
                stats.moduleId(),
                usage.map(ModuleProcess.Usage::cpuSeconds).orElse(null),
                usage.map(ModuleProcess.Usage::memoryBytes).orElse(null),
                usage.map(ModuleProcess.Usage::processes).orElse(null),
                stats.restarts()));
    }
}

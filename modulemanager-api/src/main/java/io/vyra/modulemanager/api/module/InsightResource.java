package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.json.Page;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.runtime.ModuleProcess;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known about one module: why, since when, at what cost, and what it wrote. */
@Path("/api/v1/modules/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class InsightResource {
    private static final int DEFAULT_TAIL = 200;
    private static final int MAX_TAIL = 5_000;

    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public InsightResource(ModuleManager manager, CurrentPrincipal current) {
        this.manager = manager;
        this.current = current;
    }

    public record Items<T>(List<T> items) {}

    public record ExplanationBody(
            String moduleId,
            String phase,
            String summary,
            List<Explanation.Blocker> blockedBy,
            List<TransitionView> lastTransitions,
            Instant nextRetry,
            int restartsLeft,
            List<String> unblock) {}

    public record Stats(
            String moduleId,
            Double cpuSeconds,
            Long memoryBytes,
            Integer processes,
            long restarts,
            double availability,
            double wanted,
            double available,
            List<ModuleBody.LastExit> exits) {}

    @GET
    @Path("explain")
    @Requires(value = Role.VIEWER, moduleToken = true)
    public ExplanationBody explain(@PathParam("id") String id) {
        Explanation explanation = manager.explain(id, current.caller());
        return new ExplanationBody(
                explanation.moduleId(),
                explanation.phase(),
                explanation.summary(),
                explanation.blockedBy(),
                explanation.lastTransitions(),
                explanation.nextRetry().orElse(null),
                explanation.restartsLeft(),
                explanation.unblock());
    }

    @GET
    @Path("versions")
    @Requires(value = Role.VIEWER, moduleToken = true)
    public Items<KeptVersionBody> versions(@PathParam("id") String id) {
        List<KeptVersion> versions = manager.versions(id, current.caller());
        return new Items<>(versions.stream().map(KeptVersionBody::of).toList());
    }

    @GET
    @Path("history")
    @Requires(value = Role.VIEWER, moduleToken = true)
    public Items<TransitionView> history(@PathParam("id") String id, @QueryParam("limit") String limit) {
        Checks checks = new Checks();
        int most = checks.number("?limit", limit, Page.DEFAULT_LIMIT, 1, Page.MAX_LIMIT);
        checks.requireNone();
        return new Items<>(manager.history(id, most, current.caller()));
    }

    @GET
    @Path("stats")
    @Requires(value = Role.VIEWER, moduleToken = true)
    public Stats stats(@PathParam("id") String id) {
        ModuleStats stats = manager.stats(id, current.caller());
        Optional<ModuleProcess.Usage> usage = stats.usage();
        return new Stats(
                stats.moduleId(),
                usage.map(ModuleProcess.Usage::cpuSeconds).orElse(null),
                usage.map(ModuleProcess.Usage::memoryBytes).orElse(null),
                usage.map(ModuleProcess.Usage::processes).orElse(null),
                stats.restarts(),
                stats.availability(),
                stats.wanted().toMillis() / 1000.0,
                stats.available().toMillis() / 1000.0,
                stats.exits().stream().map(ModuleBody::lastExit).toList());
    }

    /** The lines as JSON; the stream of them is served by {@code event}. */
    @GET
    @Path("logs")
    @Requires(value = Role.VIEWER, moduleToken = true)
    public Items<LogLine> logs(
            @PathParam("id") String id, @QueryParam("tail") String tail, @QueryParam("follow") String follow) {
        Checks checks = new Checks();
        int lines = checks.number("?tail", tail, DEFAULT_TAIL, 0, MAX_TAIL);
        if (checks.flag("?follow", follow).orElse(false)) {
            checks.add("?follow", "needs the header Accept: text/event-stream");
        }
        checks.requireNone();
        Caller caller = current.caller();
        return new Items<>(manager.logs(id, lines, caller));
    }
}

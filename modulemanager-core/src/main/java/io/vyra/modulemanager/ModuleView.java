package io.vyra.modulemanager;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.runtime.ExitEvidence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One installed module as users see it. A snapshot.
 *
 * @param dependencies what the current version needs of other modules
 * @param etag       changes whenever something a user may set or see in {@code desired} changes
 * @param health     {@code healthy}, {@code warning}, {@code critical} or {@code unknown}
 * @param operation  id of the operation working on it now
 */
public record ModuleView(
        String id,
        String name,
        String instanceId,
        Optional<String> alias,
        Manifest.About about,
        List<Manifest.Dependency> dependencies,
        Optional<String> version,
        ModuleManager.DesiredState desiredState,
        Optional<String> desiredVersion,
        State state,
        Runtime runtime,
        Manifest.Permissions permissions,
        boolean primary,
        boolean pinned,
        Optional<AvailableUpdate> update,
        Optional<String> operation,
        Map<String, String> labels,
        String etag) {

    /**
     * @param lifecycle   VYRA's lifecycle layer where the module tells it over a bus
     * @param operational VYRA's operational layer where the module tells it over a bus
     * @param reason      why, in words
     */
    public record State(
            Phase phase,
            Optional<String> lifecycle,
            Optional<String> operational,
            String health,
            Instant since,
            String reason) {}

    /** Where an instance is in its life. {@code RUNNING}: its process lives and its first probe passed. */
    public enum Phase {
        INSTALLING,
        STOPPED,
        STARTING,
        RUNNING,
        SUSPENDED,
        STOPPING,
        BACKOFF,
        FAILED,
        REMOVING;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param restarts restarts after failures since it was installed
     */
    public record Runtime(
            String kind,
            Optional<Long> pid,
            Optional<Instant> startedAt,
            long restarts,
            Optional<ExitEvidence> lastExit,
            List<String> unenforcedLimits) {}

    public record AvailableUpdate(String version, String repository) {}
}

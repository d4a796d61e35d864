package io.vyra.modulemanager.container.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine says of a container.
 *
 * @param pid         of its first process, as the engine's machine counts; 0 when it does not run
 * @param exitCode    of the last run; meaningless before the first end
 * @param startedAt   of the last run; empty before the first
 * @param finishedAt  end of the last run; empty while it runs
 * @param error       why it did not start, in the engine's words; empty when it did
 */
public record ContainerState(
        String id,
        Phase phase,
        long pid,
        int exitCode,
        boolean outOfMemory,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String error,
        Map<String, String> labels) {
    public ContainerState {
        labels = Map.copyOf(labels);
    }

    /** Where it is in its life. */
    public enum Phase {
        /** Made, never started. */
        CREATED,
        RUNNING,
        PAUSED,
        ENDED
    }

    public boolean isAlive() {
        return phase == Phase.RUNNING || phase == Phase.PAUSED;
    }
}

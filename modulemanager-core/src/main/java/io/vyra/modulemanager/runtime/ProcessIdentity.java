package io.vyra.modulemanager.runtime;

import java.time.Instant;
import java.util.Objects;

/**
 * Which process this is, for ever: a pid alone may be reused.
 *
 * @param pid        process id of the module's main process; of a container, as its engine's machine counts
 * @param startTicks start time in clock ticks since boot ({@code /proc/pid/stat}, field 22); 0 of a container
 * @param bootId     {@code /proc/sys/kernel/random/boot_id} at the start; of a container, its own id, which is never given again
 * @param startedAt  wall-clock time of the start
 * @param generation launch counter of the module, given by the supervisor
 */
public record ProcessIdentity(long pid, long startTicks, String bootId, Instant startedAt, long generation) {
    public ProcessIdentity {
        Objects.requireNonNull(bootId, "bootId");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}

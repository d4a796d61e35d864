package io.vyra.modulemanager;

import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a module is doing.
 *
 * @param usage        present use of resources; empty when it does not run
 * @param restarts     restarts after failures since it was installed
 * @param wanted       time it was desired to run since the manager started
 * @param available    part of {@code wanted} in which it ran
 * @param exits        its last exits, newest first
 */
public record ModuleStats(
        String moduleId,
        Optional<ModuleProcess.Usage> usage,
        long restarts,
        Duration wanted,
        Duration available,
        List<ExitEvidence> exits) {
    public ModuleStats {
        exits = List.copyOf(exits);
    }

    /** 0 … 1; 1 for a module that was never wanted. */
    public double availability() {
        return wanted.isZero() ? 1 : (double) available.toMillis() / Math.max(1, wanted.toMillis());
    }
}

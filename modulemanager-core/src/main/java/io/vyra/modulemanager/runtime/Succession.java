package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import java.util.List;
import java.util.Optional;

/**
 * The one exception to "at most one process of a module": a new version beside the old one, for the time of an update.
 *
 * <p>Which of the two is the module's own is not the runtime's to know: the generation on record says so, and {@link ModuleRuntime#adopt}
 * finds the process of that generation. Thread-safe.
 */
public interface Succession {

    /** Why a version with this manifest can have no other one beside it here, as half a sentence; empty when it can. */
    Optional<String> obstacle(Manifest manifest);

    /** As {@link #obstacle}, of a runtime that may run no two versions at all. */
    static Optional<String> obstacle(ModuleRuntime runtime, Manifest manifest) {
        Optional<Succession> succession = runtime.succession();
        return succession.isEmpty()
                ? Optional.of("nothing here runs containers")
                : succession.get().obstacle(manifest);
    }

    /**
     * Starts a process beside the module's own, which is not touched. At most one: what an earlier call left is ended first.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException of type {@code START_FAILED}, as {@link ModuleRuntime#start}
     */
    ModuleProcess startBeside(LaunchSpec spec);

    /**
     * Living processes of the module but the one of this generation.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException {@code TIMED_OUT} when nobody can tell at the moment
     */
    List<ModuleProcess> others(ModuleId module, long generation);

    /**
     * From now on there is nothing but the process of this generation: whatever else is left of the module is ended and removed, now or once
     * that is possible. Costs nothing where nothing was started beside. Never fails.
     */
    void settle(ModuleId module, long generation);
}

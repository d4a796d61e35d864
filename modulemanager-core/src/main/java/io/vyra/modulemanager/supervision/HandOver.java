package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec.Stop;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.Succession;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Brings a second process of a module into being, and leaves one again. Thread-safe. */
public final class HandOver {
    private static final Logger LOG = Logger.getLogger(HandOver.class);

    private static final long NO_GENERATION = 0;

    private final SupervisionParts parts;

    HandOver(SupervisionParts parts) {
        this.parts = parts;
    }

    /**
     * Starts a version beside the module's own process.
     *
     * @param generation as {@link io.vyra.modulemanager.instance.InstanceRegistry#intendLaunchBeside} gave it
     * @throws ProblemException {@code START_FAILED}
     */
    public Trial begin(ModuleId module, String version, long generation) {
        Succession succession = parts.runtime()
                .succession()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.START_FAILED, "Nothing here runs two versions of " + module + " at once."));
        Launches.Launch launch = parts.launches().beside(module, version, generation);
        return Trial.begin(launch, succession.startBeside(launch.spec()), parts);
    }

    /**
     * Ends the processes of the module that are not of the generation on record, and records how they ended. Completes when all of them have.
     *
     * @param stop what their manifest wants to be stopped by
     * @throws ProblemException {@code TIMED_OUT} when nobody can tell at the moment which there are
     */
    public CompletableFuture<Void> endOthers(ModuleId module, Stop stop) {
        return end(module, generation(module), stop);
    }

    /** Ends every process of the module, as {@link #endOthers} does. */
    public CompletableFuture<Void> endAll(ModuleId module, Stop stop) {
        return end(module, NO_GENERATION, stop);
    }

    private CompletableFuture<Void> end(ModuleId module, long spared, Stop stop) {
        CompletableFuture<?>[] ends =
                parts.runtime().succession().map(succession -> succession.others(module, spared)).stream()
                        .flatMap(List::stream)
                        .map(process -> end(module, process, stop))
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends);
    }

    private CompletableFuture<Void> end(ModuleId module, ModuleProcess process, Stop stop) {
        LOG.infof(
                "Stop beside module=%s generation=%d",
                module, process.identity().generation());
        return Ending.begin(module, process, stop, parts.timers(), parts.executor())
                .ended()
                .thenAccept(evidence -> record(module, evidence));
    }

    /** For people only. */
    private void record(ModuleId module, ExitEvidence evidence) {
        try {
            parts.history().recordExit(module, evidence);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Exit not recorded module=%s evidence=%s", module, evidence.inWords());
        }
    }

    /** Whatever runs beside the process of the generation on record is ended, without asking it, and forgotten; what an absent engine keeps from that, later. */
    public void settle(ModuleId module) {
        long generation = generation(module);
        parts.runtime().succession().ifPresent(succession -> succession.settle(module, generation));
        parts.launches().settle(module, generation);
    }

    private long generation(ModuleId module) {
        return parts.registry().require(module).launches().generation();
    }
}

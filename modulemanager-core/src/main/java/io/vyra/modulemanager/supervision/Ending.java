package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec.Stop;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Ends a process: by its stop signal first, by SIGKILL when its time is over, and again as long as it lives. Thread-safe.
 */
final class Ending {
    private static final Logger LOG = Logger.getLogger(Ending.class);
    private static final Duration KILL_AGAIN_AFTER = Duration.ofSeconds(5);

    private final ModuleId module;
    private final ModuleProcess process;
    private final Timers timers;
    private final Executor executor;
    private volatile boolean cancelled;

    private Ending(ModuleId module, ModuleProcess process, Timers timers, Executor executor) {
        this.module = module;
        this.process = process;
        this.timers = timers;
        this.executor = executor;
    }

    /**
     * Begins at once.
     *
     * @param executor on which the process is killed
     */
    static Ending begin(ModuleId module, ModuleProcess process, Stop stop, Timers timers, Executor executor) {
        Ending ending = new Ending(module, process, timers, executor);
        // First of all, so that a signal that cannot be sent is followed by one that can.
        ending.killAfter(stop.timeout());
        process.requestStop(stop.signal());
        try {
            // A stopped process acts on a signal only once it is continued.
            process.resume();
        } catch (ProblemException e) {
            LOG.warnf("Not continued module=%s cause=%s", module, e.problem().clause());
        }
        return ending;
    }

    /** Completes when the process has ended. */
    CompletableFuture<ExitEvidence> ended() {
        return process.exit();
    }

    /** From now on it is not killed. */
    void cancel() {
        cancelled = true;
    }

    private void killAfter(Duration patience) {
        Timers.Timer timer = timers.after(patience, () -> executor.execute(this::kill));
        process.exit().thenRun(timer::cancel);
    }

    private void kill() {
        if (!cancelled && !process.exit().isDone()) {
            LOG.warnf(
                    "Kill module=%s generation=%d cause=did not end in time",
                    module, process.identity().generation());
            killAfter(KILL_AGAIN_AFTER);
            process.kill();
        }
    }
}

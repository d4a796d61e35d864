package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ProcessSpec.Stop;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Ends a process that is not, or no longer, a module's own: by its stop signal first, by SIGKILL when its time is over, and again as long as
 * it lives. Thread-safe.
 */
final class Ending {
    private static final Logger LOG = Logger.getLogger(Ending.class);
    private static final Duration KILL_AGAIN_AFTER = Duration.ofSeconds(5);

    private final ModuleProcess process;
    private final Timers timers;
    private final Executor executor;

    private Ending(ModuleProcess process, Timers timers, Executor executor) {
        this.process = process;
        this.timers = timers;
        this.executor = executor;
    }

    /** Begins at once; completes when the process has ended. */
    static CompletableFuture<ExitEvidence> of(ModuleProcess process, Stop stop, Timers timers, Executor executor) {
        Ending ending = new Ending(process, timers, executor);
        ending.killAfter(stop.timeout());
        process.requestStop(stop.signal());
        try {
            // A stopped process acts on a signal only once it is continued.
            process.resume();
        } catch (ProblemException e) {
            LOG.debugf(
                    "Not continued generation=%d cause=%s", process.identity().generation(), e.getMessage());
        }
        return process.exit();
    }

    private void killAfter(Duration patience) {
        Timers.Timer timer = timers.after(patience, () -> executor.execute(this::kill));
        process.exit().thenRun(timer::cancel);
    }

    private void kill() {
        if (!process.exit().isDone()) {
            LOG.warnf(
                    "Kill generation=%d cause=did not end in time",
                    process.identity().generation());
            killAfter(KILL_AGAIN_AFTER);
            process.kill();
        }
    }
}

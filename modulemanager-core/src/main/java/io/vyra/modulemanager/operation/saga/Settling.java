package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.InstanceState.Backoff;
import io.vyra.modulemanager.supervision.InstanceState.Failed;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Starting;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.InstanceState.Stopping;
import io.vyra.modulemanager.supervision.InstanceState.Suspended;
import io.vyra.modulemanager.supervision.InstanceState.Waiting;
import io.vyra.modulemanager.supervision.Timers.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waits until a module is where it is desired to be, or has failed to get there. */
record Settling(ModuleId module, SagaParts parts) {
    /** How long an undo waits for the old version to run again before it leaves the rest to the supervision. */
    private static final Duration UNDO_PATIENCE = Duration.ofSeconds(60);

    /**
     * @throws ProblemException {@code START_FAILED} when it ended or could not be started, {@code MODULE_ANSWERED_WITH_ERROR} when it
     *     was asked to suspend itself or to go on and said no
     */
    void await(StepContext context) {
        InstanceState state = context.await(settled());
        String refusal = parts.supervision().require(module).refusal();
        if (!refusal.isEmpty()) {
            throw new ProblemException(
                    ProblemType.MODULE_ANSWERED_WITH_ERROR, "Module " + module + " is where it was: " + refusal + ".");
        }
        if (state instanceof Backoff || state instanceof Failed) {
            throw new ProblemException(
                    ProblemType.START_FAILED,
                    "Module " + module + " did not get to " + desired().wire() + ": " + state.reason()
                            + ". See its log with GET /api/v1/modules/" + module + "/logs.");
        }
    }

    void awaitBestEffort(StepContext context) {
        CompletableFuture<InstanceState> settled = settled();
        Timer patience = parts.timers().after(UNDO_PATIENCE, () -> settled.complete(null));
        try {
            context.await(settled);
        } finally {
            patience.cancel();
        }
    }

    private CompletableFuture<InstanceState> settled() {
        return parts.supervision().require(module).when(this::isSettled);
    }

    private boolean isSettled(InstanceState state) {
        return switch (state) {
            case Backoff _, Failed _ -> true;
            case Running _ -> desired() == Desired.RUNNING;
            case Suspended _ -> desired() == Desired.SUSPENDED;
            case Stopped _ -> desired() == Desired.STOPPED || desired() == Desired.REMOVED;
            case Starting _, Stopping _, Waiting _ -> false;
        };
    }

    private Desired desired() {
        return parts.registry().find(module).map(InstanceRecord::desired).orElse(Desired.STOPPED);
    }
}

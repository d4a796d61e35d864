package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.supervision.HandOver;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes back a new version that was started beside the old one, which is on record again. As long as the old one was not told to end it is
 * not disturbed; after that it is started again.
 */
record TakingBack(Subject subject, SagaParts parts) {
    private static final Logger LOG = Logger.getLogger(TakingBack.class);

    /** What has not ended by then is ended by force, or once its engine is back. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void perform(StepContext context) {
        HandOver handOver = parts.supervision().handOver();
        if (goesOn(context)) {
            end(() -> handOver.endOthers(subject.id(), subject.stop(parts)), context);
            handOver.settle(subject.id());
        } else {
            startAgain(handOver, context);
        }
    }

    /** Whether the old version is supervised as if nothing had been. */
    private boolean goesOn(StepContext context) {
        if (context.recall(SwitchStep.generationKey(subject)).isEmpty()) {
            return true;
        }
        if (context.recall(HandOverStep.endingKey(subject)).isPresent()) {
            return false;
        }
        try {
            new Insisting(parts).on(() -> supervisor().followRecord(subject.version() + " was taken back"), context);
            return true;
        } catch (ProblemException e) {
            LOG.infof(
                    "Not gone on with module=%s cause=%s",
                    subject.id(), e.problem().clause());
            return false;
        }
    }

    private void startAgain(HandOver handOver, StepContext context) {
        supervisor().hold(context.operationId(), "the version " + subject.version() + " is taken back");
        context.await(supervisor().when(Stopped.class::isInstance));
        end(() -> handOver.endAll(subject.id(), subject.stop(parts)), context);
        handOver.settle(subject.id());
        supervisor().release(context.operationId(), "the operation was undone");
        new Settling(subject.id(), parts).awaitBestEffort(context);
    }

    private ModuleSupervisor supervisor() {
        return parts.supervision().require(subject.id());
    }

    private void end(Supplier<CompletableFuture<Void>> ending, StepContext context) {
        try {
            CompletableFuture<Void> ended = ending.get().copy();
            var patience = parts.timers().after(PATIENCE, () -> ended.complete(null));
            try {
                context.await(ended);
            } finally {
                patience.cancel();
            }
        } catch (ProblemException e) {
            LOG.warnf(
                    "Not stopped in order module=%s version=%s cause=%s",
                    subject.id(), subject.version(), e.problem().clause());
        }
    }
}

package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Takes back a new version that was started beside the old one, which is on record again. As long as the new one had not taken over, the old
 * one is not disturbed; after that it is started again.
 */
record TakingBack(Subject subject, SagaParts parts) {
    private static final Logger LOG = Logger.getLogger(TakingBack.class);

    /** What has not ended by then is ended by force, or once its engine is back. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void perform(StepContext context) {
        ModuleSupervisor supervisor = parts.supervision().require(subject.id());
        boolean hasTakenOver = isNew(supervisor.state(), context);
        if (hasTakenOver) {
            supervisor.hold(context.operationId(), "the version " + subject.version() + " is taken back");
            context.await(supervisor.when(Stopped.class::isInstance));
        }
        endOthers(context);
        parts.supervision().handOver().settle(subject.id());
        supervisor.release(context.operationId(), "the operation was undone");
        if (hasTakenOver) {
            new Settling(subject.id(), parts).awaitBestEffort(context);
        }
    }

    private boolean isNew(InstanceState state, StepContext context) {
        return context.recall(BesideStep.generationKey(subject))
                .filter(generation -> state.process()
                        .filter(process -> generation.equals(
                                Long.toString(process.identity().generation())))
                        .isPresent())
                .isPresent();
    }

    private void endOthers(StepContext context) {
        try {
            CompletableFuture<Void> ended = parts.supervision()
                    .handOver()
                    .endOthers(subject.id(), subject.stop(parts))
                    .copy();
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

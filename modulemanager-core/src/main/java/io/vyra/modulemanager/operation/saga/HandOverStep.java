package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.HandOver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The new version, which has proved itself beside the old one and is on record by now, becomes the one that is supervised; then the old one is
 * stopped. Undone by {@link BesideStep}.
 */
record HandOverStep(Subject subject, SagaParts parts) implements Step {
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "handover:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Stopping " + subject.id().name() + " " + subject.from().orElseThrow() + ", for which "
                + subject.version() + " stands in";
    }

    @Override
    public void perform(StepContext context) {
        HandOver handOver = parts.supervision().handOver();
        reached(
                context,
                () -> parts.supervision()
                        .require(subject.id())
                        .followRecord(subject.version() + " took over from "
                                + subject.from().orElseThrow()));
        new Settling(subject.id(), parts).await(context);
        reached(
                context,
                () -> handOver.endOthers(
                        subject.id(),
                        subject.manifestBefore(parts).process().orElseThrow().stop()));
        handOver.settle(subject.id());
    }

    /** Again and again while an engine is away, until the operation's time is over. */
    private void reached(StepContext context, Supplier<CompletableFuture<Void>> action) {
        while (true) {
            try {
                context.await(action.get());
                return;
            } catch (ProblemException e) {
                if (e.type() != ProblemType.TIMED_OUT) {
                    throw e;
                }
                context.progress(0, "waits: " + e.problem().clause());
                pause(context);
            }
        }
    }

    private void pause(StepContext context) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        var timer = parts.timers().after(ASK_AGAIN_AFTER, () -> over.complete(null));
        try {
            context.await(over);
        } finally {
            timer.cancel();
        }
    }
}

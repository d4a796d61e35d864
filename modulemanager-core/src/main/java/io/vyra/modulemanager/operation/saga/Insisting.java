package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Does again and again what nobody can tell or do at the moment, because a container engine is away, until the operation is stopped. */
record Insisting(SagaParts parts) {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

    /**
     * @param action fails with {@code TIMED_OUT} when it is to be done again
     * @throws ProblemException any other failure of it
     */
    void on(Supplier<CompletableFuture<Void>> action, StepContext context) {
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
        var timer = parts.timers().after(AGAIN_AFTER, () -> over.complete(null));
        try {
            context.await(over);
        } finally {
            timer.cancel();
        }
    }
}

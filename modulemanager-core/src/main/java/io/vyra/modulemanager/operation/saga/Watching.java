package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.supervision.Timers;
import io.vyra.modulemanager.supervision.Timers.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Watches a version on trial for the probation time. Time at whose end nobody sees the module proves nothing, and is counted anew. */
record Watching(Timers timers, Duration probation) {
    /**
     * @param failure  completes with what went wrong, in words, if anything does
     * @param obstacle what keeps the module from being seen at the moment
     * @return what went wrong; empty when it was healthy
     */
    Optional<String> through(
            CompletableFuture<String> failure, Supplier<Optional<String>> obstacle, StepContext context) {
        while (true) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            Timer timer = timers.after(probation, () -> over.complete(null));
            try {
                context.await(CompletableFuture.anyOf(over, failure));
            } finally {
                timer.cancel();
            }
            if (failure.isDone()) {
                return Optional.of(failure.join());
            }
            Optional<String> unseen = obstacle.get();
            if (unseen.isEmpty()) {
                return Optional.empty();
            }
            context.progress(0, "began anew: " + unseen.get());
        }
    }
}

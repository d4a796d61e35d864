package io.vyra.modulemanager.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Those who wait for a module to reach a state. To be used from the supervisor's mailbox only. */
final class StateWaiters {
    private final List<Waiter> waiting = new ArrayList<>();

    private record Waiter(Predicate<InstanceState> condition, CompletableFuture<InstanceState> result) {
        boolean isMetBy(InstanceState state) {
            boolean met = condition.test(state);
            if (met) {
                result.complete(state);
            }
            return met;
        }
    }

    /**
     * Completes {@code result} at once or with the first state told that meets the condition.
     *
     * @param present empty when it is not known
     */
    void await(
            Predicate<InstanceState> condition,
            Optional<InstanceState> present,
            CompletableFuture<InstanceState> result) {
        waiting.removeIf(waiter -> waiter.result().isDone());
        Waiter waiter = new Waiter(condition, result);
        if (present.filter(waiter::isMetBy).isEmpty()) {
            waiting.add(waiter);
        }
    }

    void tell(InstanceState state) {
        waiting.removeIf(waiter -> waiter.isMetBy(state));
    }
}

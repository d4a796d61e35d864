package io.vyra.modulemanager.zenoh.suspension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.session.Sample;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * How goals of one action of one module go on and end, as it is published on {@code …/{action}/{goal id}/feedback} and {@code …/result}. A
 * result is published once, maybe before the answer to the goal is read, so all are kept until it is known which one is meant. Thread-safe.
 */
final class ActionProgress {
    /** Goals of others may end meanwhile, too. */
    private static final int MOST = 64;

    private final JsonPayloads payloads;
    private final Refusals refusals;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ObjectNode> results = new HashMap<>();
    private final Set<String> heardOf = new HashSet<>();
    private final Consumer<ObjectNode> feedback;

    /** @param feedback is told how far a goal is, whoever asked for that */
    ActionProgress(JsonPayloads payloads, Refusals refusals, Consumer<ObjectNode> feedback) {
        this.payloads = payloads;
        this.refusals = refusals;
        this.feedback = feedback;
    }

    /** Of one subscriber, so that what is said of a goal is told before its end. */
    void take(Sample sample) {
        switch (sample.key().chunks().getLast()) {
            case "result" ->
                read(sample)
                        .ifPresent(result -> noted(sample, goal -> {
                            if (results.size() < MOST) {
                                results.put(goal, result);
                            }
                        }));
            case "feedback" ->
                read(sample).ifPresent(it -> {
                    feedback.accept(it);
                    noted(sample, goal -> {
                        if (heardOf.size() < MOST) {
                            heardOf.add(goal);
                        }
                    });
                });
            default -> {
                // Not of an action.
            }
        }
    }

    private Optional<ObjectNode> read(Sample sample) {
        if (sample.kind() != Sample.Kind.PUT) {
            return Optional.empty();
        }
        try {
            return Optional.of(payloads.read(sample.payload()));
        } catch (BadPayloadException e) {
            refusals.add(sample.key().toString(), e.getMessage());
            return Optional.empty();
        }
    }

    private void noted(Sample sample, Consumer<String> note) {
        List<String> chunks = sample.key().chunks();
        lock.lock();
        try {
            note.accept(chunks.get(chunks.size() - 2));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The result of a goal; empty when it does not come in time.
     *
     * @param patience how long nothing may be heard of the goal: whoever says how far it is may go on
     * @param longest  how long it may take all the same
     */
    Optional<ObjectNode> await(String goal, Duration patience, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!results.containsKey(goal)) {
                if (heardOf.remove(goal)) {
                    left = patience.toNanos();
                }
                left = Math.min(left, end - System.nanoTime());
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            return Optional.of(results.get(goal));
        } finally {
            lock.unlock();
        }
    }
}

package io.vyra.modulemanager.zenoh.suspension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.session.Sample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Results of one action of one module, as they are published on {@code …/{action}/{goal id}/result}. A result is published once, maybe before the
 * answer to the goal is read, so all are kept until it is known which one is meant. Thread-safe.
 */
final class ActionResults {
    /** Goals of others may end meanwhile, too. */
    private static final int MOST = 64;

    private final JsonPayloads payloads;
    private final Refusals refusals;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ObjectNode> byGoal = new HashMap<>();

    ActionResults(JsonPayloads payloads, Refusals refusals) {
        this.payloads = payloads;
        this.refusals = refusals;
    }

    void take(Sample sample) {
        List<String> chunks = sample.key().chunks();
        if (sample.kind() != Sample.Kind.PUT || chunks.size() < 3) {
            return;
        }
        try {
            ObjectNode result = payloads.read(sample.payload());
            lock.lock();
            try {
                if (byGoal.size() < MOST) {
                    byGoal.put(chunks.get(chunks.size() - 2), result);
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        } catch (BadPayloadException e) {
            refusals.add(sample.key().toString(), e.getMessage());
        }
    }

    /** The result of a goal; empty when it does not come in time. */
    Optional<ObjectNode> await(String goal, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!byGoal.containsKey(goal)) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            return Optional.of(byGoal.get(goal));
        } finally {
            lock.unlock();
        }
    }
}

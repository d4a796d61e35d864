package io.vyra.modulemanager.ros2.gateway;

import io.vyra.modulemanager.ros.RosEcho;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Messages that wait for one reader; a full queue gives up its oldest one, and counts it. Thread-safe. */
final class EchoQueue {
    static final int CAPACITY = 16;

    private final Deque<RosEcho.Message> waiting = new ArrayDeque<>();
    private long dropped;

    /** Whether there was room; if not, the oldest message made it. */
    synchronized boolean offer(RosEcho.Message message) {
        boolean isFull = waiting.size() >= CAPACITY;
        if (isFull) {
            waiting.pollFirst();
            dropped++;
        }
        waiting.addLast(message);
        notifyAll();
        return !isFull;
    }

    synchronized Optional<RosEcho.Message> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return Optional.of(waiting.pollFirst());
    }

    synchronized long takeDropped() {
        long now = dropped;
        dropped = 0;
        return now;
    }
}

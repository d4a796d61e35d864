package io.vyra.modulemanager.ros2.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Messages that wait for one reader. A full queue gives up its oldest ones, and counts them; one that is larger than the whole queue waits
 * alone. Thread-safe.
 *
 * @param <T> a message
 */
final class EchoQueue<T> {
    static final int CAPACITY = 16;
    /** Of memory: a camera's pictures fill the heap long before they are many. */
    static final long MOST_BYTES = 4L << 20;

    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    private record Waiting<T>(T message, long bytes) {}

    /**
     * A new message waits.
     *
     * @param size in bytes
     * @return how many messages were given up for it
     */
    synchronized int offer(T message, long size) {
        int given = 0;
        while (waiting.size() >= CAPACITY || (bytes + size > MOST_BYTES && !waiting.isEmpty())) {
            bytes -= waiting.removeFirst().bytes();
            given++;
        }
        dropped += given;
        waiting.addLast(new Waiting<>(message, size));
        bytes += size;
        notifyAll();
        return given;
    }

    synchronized Optional<T> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        Waiting<T> first = waiting.removeFirst();
        bytes -= first.bytes();
        return Optional.of(first.message());
    }

    synchronized long takeDropped() {
        long now = dropped;
        dropped = 0;
        return now;
    }
}

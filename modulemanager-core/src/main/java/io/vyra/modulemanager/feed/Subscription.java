package io.vyra.modulemanager.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One reader's bounded queue.
 *
 * <p>Thread-safe. When the reader falls behind, everything waiting is dropped and counted, and {@link #next} returns a
 * {@link Item.Gap} so that the reader knows to read the present state again.
 */
public final class Subscription implements AutoCloseable {
    private final int capacity;
    private final Predicate<FeedEvent> filter;
    private final Consumer<Subscription> onClose;
    private final Queue<FeedEvent> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final long start;
    private long dropped;
    private boolean closed;

    Subscription(int capacity, Predicate<FeedEvent> filter, long start, Consumer<Subscription> onClose) {
        this.capacity = capacity;
        this.filter = filter;
        this.start = start;
        this.onClose = onClose;
    }

    /** What a reader gets. */
    public sealed interface Item {
        record Event(FeedEvent event) implements Item {}

        /**
         * The reader was too slow.
         *
         * @param dropped events it did not get
         */
        record Gap(long dropped) implements Item {}
    }

    void offer(FeedEvent event) {
        if (!filter.test(event)) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (dropped > 0 || queue.size() >= capacity) {
                dropped += queue.size() + 1;
                queue.clear();
            } else {
                queue.add(event);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next item.
     *
     * @return empty when nothing came within {@code patience} or the subscription was closed
     * @throws InterruptedException when the reader's thread is interrupted
     */
    public Optional<Item> next(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (queue.isEmpty() && dropped == 0 && !closed) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = arrived.awaitNanos(left);
            }
            if (dropped > 0) {
                Item gap = new Item.Gap(dropped);
                dropped = 0;
                return Optional.of(gap);
            }
            return Optional.ofNullable(queue.poll()).map(Item.Event::new);
        } finally {
            lock.unlock();
        }
    }

    /** Id of the last event before this subscription began. */
    public long start() {
        return start;
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }
}

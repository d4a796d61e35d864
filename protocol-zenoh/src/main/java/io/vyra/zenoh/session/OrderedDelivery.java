package io.vyra.zenoh.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Calls a callback with one item after the other, in order, on a virtual thread that exists only while there are items. What waits is
 * bounded in number and in bytes. Thread-safe.
 */
final class OrderedDelivery<T> {
    /** So many wait at most for a thread that was not started for the first of them. */
    private static final int GATHERED = 32;

    private final Consumer<? super T> callback;
    private final ToIntFunction<? super T> weight;
    private final Consumer<Throwable> failures;
    private final int mostItems;
    private final int mostBytes;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private long bytes;
    private long dropped;
    private boolean isRunning;
    private boolean isClosed;

    /**
     * @param failures hears what the callback throws
     * @param patience how long an item that must not be dropped waits for room
     */
    OrderedDelivery(
            Consumer<? super T> callback,
            ToIntFunction<? super T> weight,
            Consumer<Throwable> failures,
            int mostItems,
            int mostBytes,
            Duration patience) {
        this.callback = callback;
        this.weight = weight;
        this.failures = failures;
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    /** Adds an item, and has it delivered; whether there was room, at once if it may be dropped, else after waiting. */
    boolean offer(T item, boolean mayDrop) {
        return insert(item, mayDrop, 1, null);
    }

    /**
     * As {@link #offer}, for one of several: {@link #deliver} follows. To start a thread costs more than to take in an item.
     *
     * @param others that do not wait where this one does
     */
    boolean add(T item, boolean mayDrop, PendingDeliveries others) {
        return insert(item, mayDrop, Math.clamp(mostItems / 4, 1, GATHERED), others);
    }

    /** Has what was added delivered. */
    void deliver() {
        lock.lock();
        try {
            startIf(1);
        } finally {
            lock.unlock();
        }
    }

    private boolean insert(T item, boolean mayDrop, int gathered, PendingDeliveries others) {
        int size = weight.applyAsInt(item);
        lock.lock();
        try {
            long remaining = mayDrop ? 0 : patience.toNanos();
            while (!isClosed && isFull(size)) {
                startIf(1);
                if (remaining <= 0) {
                    dropped++;
                    return false;
                }
                if (others != null) {
                    others.deliver();
                }
                remaining = room.awaitNanos(remaining);
            }
            if (isClosed) {
                return false;
            }
            items.add(item);
            bytes += size;
            startIf(gathered);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Starts a thread that delivers, if that many items wait and there is none. */
    private void startIf(int gathered) {
        if (!isRunning && items.size() >= gathered) {
            isRunning = true;
            Thread.ofVirtual().name("zenoh-callback").start(this::deliverAll);
        }
    }

    // One item always fits, however large it is.
    private boolean isFull(int size) {
        return !items.isEmpty() && (items.size() >= mostItems || bytes + size > mostBytes);
    }

    /** Room for several: whoever waits is not woken for each. */
    private boolean isRoomy() {
        return items.isEmpty()
                || (mostItems - items.size() >= Math.min(GATHERED, mostItems / 2) && bytes <= mostBytes / 4L * 3);
    }

    private void deliverAll() {
        while (true) {
            T item;
            lock.lock();
            try {
                item = items.poll();
                if (item == null) {
                    isRunning = false;
                    return;
                }
                bytes -= weight.applyAsInt(item);
                if (isRoomy()) {
                    room.signalAll();
                }
            } finally {
                lock.unlock();
            }
            try {
                callback.accept(item);
            } catch (Throwable e) { // The edge of this thread: what comes next is delivered all the same.
                failures.accept(e);
            }
        }
    }

    /** Drops what waits and takes nothing more. The callback may still be running once. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            items.clear();
            bytes = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many items there was no room for. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}

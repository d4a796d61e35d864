package io.vyra.ros2.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Hands items to a consumer one after another, by a virtual thread. A full queue loses its oldest item. Thread-safe. */
final class SerialQueue<T> {
    private static final System.Logger LOG = System.getLogger(SerialQueue.class.getName());

    private final String name;
    private final int capacity;
    private final Consumer<T> consumer;
    private final Deque<T> items = new ArrayDeque<>();
    private boolean isRunning;
    private boolean isClosed;
    private long dropped;

    SerialQueue(String name, int capacity, Consumer<T> consumer) {
        this.name = name;
        this.capacity = capacity;
        this.consumer = consumer;
    }

    synchronized void add(T item) {
        if (isClosed) {
            return;
        }
        if (items.size() >= capacity) {
            items.pollFirst();
            dropped++;
        }
        items.addLast(item);
        if (!isRunning) {
            isRunning = true;
            Thread.ofVirtual().name(name).start(this::drain);
        }
    }

    private void drain() {
        for (T item = next(); item != null; item = next()) {
            try {
                consumer.accept(item);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "A callback of " + name + " failed", e);
            }
        }
    }

    private synchronized T next() {
        T item = items.pollFirst();
        isRunning = item != null;
        return item;
    }

    /** How many items were lost. */
    synchronized long dropped() {
        return dropped;
    }

    synchronized void close() {
        isClosed = true;
        items.clear();
    }
}

package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.Priority;
import java.util.ArrayDeque;

/** What waits to be sent with one priority, and its sequence numbers. Used under the transmitter's lock. */
final class Lane {
    private final Priority priority;
    private final int mask;
    private final ArrayDeque<Batch> full = new ArrayDeque<>();
    private Batch open;
    private int nextReliable;
    private int nextBestEffort;

    /** How many senders wait for room. */
    int waitingSenders;

    /** Whether a message in fragments is under way, which nothing may come between. */
    boolean isFragmenting;

    Lane(Priority priority, int mask, int first) {
        this.priority = priority;
        this.mask = mask;
        this.nextReliable = first;
        this.nextBestEffort = first;
    }

    Priority priority() {
        return priority;
    }

    int nextNumber(boolean reliable) {
        return reliable ? nextReliable : nextBestEffort;
    }

    void advance(boolean reliable) {
        if (reliable) {
            nextReliable = (nextReliable + 1) & mask;
        } else {
            nextBestEffort = (nextBestEffort + 1) & mask;
        }
    }

    /** The batch that is being filled, or null. */
    Batch open() {
        return open;
    }

    void open(Batch batch) {
        open = batch;
    }

    /** No more goes into the open batch. */
    void seal() {
        full.add(open);
        open = null;
    }

    int waiting() {
        return full.size();
    }

    boolean hasSomething() {
        return !full.isEmpty() || (open != null && !open.isEmpty());
    }

    /** The next batch to be written, or null. */
    Batch take() {
        Batch first = full.poll();
        if (first == null && open != null && !open.isEmpty()) {
            first = open;
            open = null;
        }
        return first;
    }
}

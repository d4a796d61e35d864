package io.vyra.modulemanager.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** A clock and its timers that move only when a test says so. Thread-safe; timers fire on the thread that moves the time. */
public final class ManualTime implements InstantSource, Timers {
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;

    private record Entry(Instant due, long order, Runnable action) {}

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Entry entry = new Entry(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, action);
        queue.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        queue.remove(entry);
    }

    /** Lets time pass and everything that falls due happen, in order. */
    public void advance(Duration duration) {
        Instant end = instant().plus(duration);
        for (Optional<Entry> due = due(end); due.isPresent(); due = due(end)) {
            due.get().action().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Optional<Entry> due(Instant end) {
        if (queue.isEmpty() || queue.peek().due().isAfter(end)) {
            return Optional.empty();
        }
        Entry entry = queue.poll();
        now = entry.due().isAfter(now) ? entry.due() : now;
        return Optional.of(entry);
    }

    /** How long until the next timer; empty when none is set. */
    public synchronized Optional<Duration> untilNext() {
        return Optional.ofNullable(queue.peek()).map(entry -> Duration.between(now, entry.due()));
    }

    /** Forgets all timers, as the end of a process does. */
    public synchronized void dropTimers() {
        queue.clear();
    }

    public synchronized int timers() {
        return queue.size();
    }
}

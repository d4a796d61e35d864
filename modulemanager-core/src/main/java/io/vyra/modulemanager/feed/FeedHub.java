package io.vyra.modulemanager.feed;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.operation.Operation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes events from the robot and hands them to any number of readers.
 *
 * <p>Thread-safe. The last {@code capacity} events are kept, once for all readers: a {@link Subscription} is only a place among them.
 * So publishing never waits for a reader, and memory does not depend on how many there are or how slow they are.
 */
public final class FeedHub {
    private final InstantSource clock;
    private final int entryCapacity;
    private final ReentrantLock lock = new ReentrantLock();

    /** The event with an id lies at that id modulo the length. */
    private final FeedEvent[] ring;

    private final Deque<FeedEvent.Entry> entries = new ArrayDeque<>();
    /** Apart, so that much talk does not push out the few errors. */
    private final Deque<FeedEvent.Entry> logs = new ArrayDeque<>();

    private final Set<Subscription> subscriptions = new HashSet<>();
    private long lastId;
    private long oldestId;

    /**
     * @param capacity      events kept for readers that are slow or come back
     * @param entryCapacity entries kept as the feeds' history; of log entries a quarter as many, beside them
     */
    public FeedHub(InstantSource clock, int capacity, int entryCapacity) {
        this.clock = clock;
        this.ring = new FeedEvent[capacity];
        this.entryCapacity = entryCapacity;
        // Above every id an earlier run can have given: no run publishes 1,000 events per millisecond for long.
        this.lastId = clock.millis() * 1_000;
        this.oldestId = lastId + 1;
    }

    public void moduleChanged(ModuleView module) {
        publish(id -> new FeedEvent.ModuleChanged(id, clock.instant(), module));
    }

    public void moduleRemoved(String moduleId, boolean visible) {
        publish(id -> new FeedEvent.ModuleRemoved(id, clock.instant(), moduleId, visible));
    }

    public void operationChanged(Operation operation) {
        publish(id -> new FeedEvent.OperationChanged(id, clock.instant(), operation));
    }

    public void entry(FeedEntry entry) {
        publish(id -> {
            FeedEvent.Entry event = new FeedEvent.Entry(id, clock.instant(), entry);
            boolean isLog = entry.kind() == FeedEntry.Kind.LOG;
            Deque<FeedEvent.Entry> kept = isLog ? logs : entries;
            kept.addLast(event);
            if (kept.size() > (isLog ? (entryCapacity + 3) / 4 : entryCapacity)) {
                kept.removeFirst();
            }
            return event;
        });
    }

    private void publish(LongFunction<FeedEvent> make) {
        lock.lock();
        try {
            lastId++;
            ring[slot(lastId)] = make.apply(lastId);
            oldestId = Math.max(oldestId, lastId - ring.length + 1);
            subscriptions.forEach(reader -> reader.waiting.signal());
        } finally {
            lock.unlock();
        }
    }

    private int slot(long id) {
        return (int) (id % ring.length);
    }

    /** Follows from now on. The caller must close the subscription. */
    public Subscription subscribe(Predicate<FeedEvent> filter) {
        lock.lock();
        try {
            return follow(lastId, filter);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Follows from after {@code lastSeen} on.
     *
     * @return empty when events after {@code lastSeen} are no longer kept, or were never given
     */
    public Optional<Subscription> resume(long lastSeen, Predicate<FeedEvent> filter) {
        lock.lock();
        try {
            boolean kept = lastSeen <= lastId && lastSeen + 1 >= oldestId;
            return kept ? Optional.of(follow(lastSeen, filter)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Subscription follow(long seen, Predicate<FeedEvent> filter) {
        Subscription subscription = new Subscription(this, filter, seen, lock.newCondition());
        subscriptions.add(subscription);
        return subscription;
    }

    /** Up to {@code most} items behind what the reader took; empty when nothing came in time or it was closed. */
    List<Subscription.Item> await(Subscription reader, int most, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (reader.taken == lastId && !reader.closed && !reader.woken) {
                if (left <= 0) {
                    return List.of();
                }
                left = reader.waiting.awaitNanos(left);
            }
            reader.woken = false;
            if (reader.closed) {
                return List.of();
            }
            if (reader.taken + 1 < oldestId) {
                long dropped = lastId - reader.taken;
                reader.taken = lastId;
                return List.of(new Subscription.Item.Gap(dropped));
            }
            List<Subscription.Item> found = new ArrayList<>();
            while (reader.taken < lastId && found.size() < most) {
                reader.taken++;
                found.add(new Subscription.Item.Event(ring[slot(reader.taken)]));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed(Subscription reader) {
        lock.lock();
        try {
            return reader.closed;
        } finally {
            lock.unlock();
        }
    }

    void wake(Subscription reader) {
        lock.lock();
        try {
            reader.woken = true;
            reader.waiting.signal();
        } finally {
            lock.unlock();
        }
    }

    void close(Subscription reader) {
        lock.lock();
        try {
            reader.closed = true;
            subscriptions.remove(reader);
            reader.waiting.signal();
        } finally {
            lock.unlock();
        }
    }

    public long lastId() {
        lock.lock();
        try {
            return lastId;
        } finally {
            lock.unlock();
        }
    }

    public int subscribers() {
        lock.lock();
        try {
            return subscriptions.size();
        } finally {
            lock.unlock();
        }
    }

    /** Feed entries after {@code after}, oldest first, at most {@code limit} of the newest. */
    public List<FeedEvent.Entry> history(
            Optional<String> moduleId, Optional<FeedEntry.Kind> kind, long after, int limit) {
        List<FeedEvent.Entry> found = new ArrayList<>();
        for (FeedEvent.Entry event : keptEntries()) {
            boolean wanted = event.id() > after
                    && moduleId.map(event.entry().moduleId()::equals).orElse(true)
                    && kind.map(it -> it == event.entry().kind()).orElse(true);
            if (wanted) {
                found.add(event);
            }
        }
        return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
    }

    private List<FeedEvent.Entry> keptEntries() {
        lock.lock();
        try {
            return Stream.concat(entries.stream(), logs.stream())
                    .sorted(Comparator.comparingLong(FeedEvent::id))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** When the newest event was published. */
    public Optional<Instant> lastEventAt() {
        lock.lock();
        try {
            return Optional.ofNullable(ring[slot(lastId)]).map(FeedEvent::at);
        } finally {
            lock.unlock();
        }
    }
}

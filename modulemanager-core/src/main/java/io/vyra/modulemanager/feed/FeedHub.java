package io.vyra.modulemanager.feed;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.operation.Operation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Takes events from the robot and fans them out to any number of readers.
 *
 * <p>Thread-safe. Publishing never waits for a reader: each {@link Subscription} has a bounded queue of its own, and the last
 * {@code capacity} events are kept for readers that come back.
 */
public final class FeedHub {
    private final InstantSource clock;
    private final int capacity;
    private final int entryCapacity;
    private final Deque<FeedEvent> ring = new ArrayDeque<>();
    private final Deque<FeedEvent.Entry> entries = new ArrayDeque<>();
    private final Set<Subscription> subscriptions = new CopyOnWriteArraySet<>();
    private long lastId;

    /**
     * @param capacity      events kept for readers that come back
     * @param entryCapacity entries kept as the feeds' history
     */
    public FeedHub(InstantSource clock, int capacity, int entryCapacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.entryCapacity = entryCapacity;
        // Above every id an earlier run can have given: no run publishes 1,000 events per millisecond for long.
        this.lastId = clock.millis() * 1_000;
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
            entries.addLast(event);
            if (entries.size() > entryCapacity) {
                entries.removeFirst();
            }
            return event;
        });
    }

    private void publish(LongFunction<FeedEvent> make) {
        synchronized (this) {
            lastId++;
            FeedEvent event = make.apply(lastId);
            ring.addLast(event);
            if (ring.size() > capacity) {
                ring.removeFirst();
            }
            subscriptions.forEach(subscription -> subscription.offer(event));
        }
    }

    /** Follows from now on. The caller must close the subscription. */
    public synchronized Subscription subscribe(int queueCapacity, Predicate<FeedEvent> filter) {
        Subscription subscription = new Subscription(queueCapacity, filter, lastId, subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    /**
     * Follows from after {@code lastSeen} on.
     *
     * @return empty when events after {@code lastSeen} are no longer kept, or were never given
     */
    public synchronized Optional<Subscription> resume(long lastSeen, int queueCapacity, Predicate<FeedEvent> filter) {
        long oldest = ring.isEmpty() ? lastId + 1 : ring.getFirst().id();
        if (lastSeen > lastId || lastSeen + 1 < oldest) {
            return Optional.empty();
        }
        List<FeedEvent> missed =
                ring.stream().filter(event -> event.id() > lastSeen).toList();
        Subscription subscription =
                new Subscription(Math.max(queueCapacity, missed.size()), filter, lastSeen, subscriptions::remove);
        missed.forEach(subscription::offer);
        subscriptions.add(subscription);
        return Optional.of(subscription);
    }

    public synchronized long lastId() {
        return lastId;
    }

    public int subscribers() {
        return subscriptions.size();
    }

    /** Feed entries after {@code after}, oldest first, at most {@code limit} of the newest. */
    public synchronized List<FeedEvent.Entry> history(
            Optional<String> moduleId, Optional<FeedEntry.Kind> kind, long after, int limit) {
        List<FeedEvent.Entry> found = new ArrayList<>();
        for (FeedEvent.Entry event : entries) {
            boolean wanted = event.id() > after
                    && moduleId.map(event.entry().moduleId()::equals).orElse(true)
                    && kind.map(it -> it == event.entry().kind()).orElse(true);
            if (wanted) {
                found.add(event);
            }
        }
        return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
    }

    /** When the newest event was published. */
    public synchronized Optional<Instant> lastEventAt() {
        return ring.isEmpty() ? Optional.empty() : Optional.of(ring.getLast().at());
    }
}

package io.vyra.modulemanager.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.Predicate;

/**
 * One reader's place in what a {@link FeedHub} keeps; it holds no event of its own, so a slow reader costs no memory.
 *
 * <p>Thread-safe. When the reader falls so far behind that events it did not take are no longer kept, it gets a {@link Item.Gap} and
 * goes on with what comes next, so that it knows to read the present state again.
 */
public final class Subscription implements AutoCloseable {
    private final FeedHub hub;
    private final Predicate<FeedEvent> filter;
    private final long start;

    /** Of the hub's lock, which guards what follows, too. */
    final Condition waiting;

    /** Id of the last event it took or gave up. */
    long taken;

    boolean closed;
    boolean woken;

    Subscription(FeedHub hub, Predicate<FeedEvent> filter, long start, Condition waiting) {
        this.hub = hub;
        this.filter = filter;
        this.start = start;
        this.taken = start;
        this.waiting = waiting;
    }

    /** What a reader gets. */
    public sealed interface Item {
        record Event(FeedEvent event) implements Item {}

        /**
         * The reader was too slow.
         *
         * @param dropped events it did not get, those it would not have wanted included
         */
        record Gap(long dropped) implements Item {}
    }

    /**
     * Waits for the next item.
     *
     * @return empty when nothing came within {@code patience} or the subscription was closed
     * @throws InterruptedException when the reader's thread is interrupted
     */
    public Optional<Item> next(Duration patience) throws InterruptedException {
        return take(1, patience).stream().findFirst();
    }

    /**
     * Waits for the next item and takes what has come behind it.
     *
     * @param most at least 1
     * @return in order; empty when nothing came within {@code patience}, or the subscription was woken or closed
     * @throws InterruptedException when the reader's thread is interrupted
     */
    public List<Item> take(int most, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            List<Item> found = hub.await(this, most, until - System.nanoTime());
            // Outside of the hub's lock: what a filter asks must not hold up those who publish.
            List<Item> wanted = found.stream().filter(this::isWanted).toList();
            if (found.isEmpty() || !wanted.isEmpty()) {
                return wanted;
            }
        }
    }

    /** Makes the reader's wait end, the present one or else the next; for a reader that has something else to look at. */
    public void wake() {
        hub.wake(this);
    }

    private boolean isWanted(Item item) {
        return switch (item) {
            case Item.Event event -> filter.test(event.event());
            case Item.Gap gap -> true;
        };
    }

    /** Id of the last event before this subscription began. */
    public long start() {
        return start;
    }

    public boolean isClosed() {
        return hub.isClosed(this);
    }

    @Override
    public void close() {
        hub.close(this);
    }
}

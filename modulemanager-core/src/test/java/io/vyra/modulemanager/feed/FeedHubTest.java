package io.vyra.modulemanager.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.feed.FeedEntry.Kind;
import io.vyra.modulemanager.feed.Subscription.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedHubTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RING = 5;
    private final FeedHub hub = new FeedHub(() -> NOW, RING, 3);

    private void publish(int count) {
        publish(hub, count);
    }

    private static void publish(FeedHub hub, int count) {
        for (int i = 0; i < count; i++) {
            hub.entry(new FeedEntry(Kind.NEWS, "beacon", "event", ""));
        }
    }

    private static List<Long> idsOf(Subscription subscription, int count) throws InterruptedException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Item item = subscription.next(Duration.ofSeconds(5)).orElseThrow();
            ids.add(((Item.Event) item).event().id());
        }
        return ids;
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldEndTheWaitOfAWokenReader() throws InterruptedException {
        try (Subscription woken = hub.subscribe(event -> true)) {
            woken.wake();
            assertThat(woken.take(1, Duration.ofDays(1))).isEmpty();

            Thread later = Thread.ofVirtual().start(woken::wake);
            assertThat(woken.take(1, Duration.ofDays(1))).isEmpty();
            later.join();

            woken.wake();
            publish(1);
            assertThat(woken.take(1, Duration.ofDays(1))).hasSize(1);
            assertThat(woken.take(1, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void shouldGiveIdsWithoutHolesToEveryReader() throws InterruptedException {
        long start = hub.lastId();
        try (Subscription one = hub.subscribe(event -> true);
                Subscription two = hub.subscribe(event -> true)) {
            publish(4);

            assertThat(idsOf(one, 4)).isEqualTo(ids(start + 1, start + 4));
            assertThat(idsOf(two, 4)).isEqualTo(ids(start + 1, start + 4));
            assertThat(one.next(Duration.ZERO)).isEmpty();
        }
        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void shouldStartAboveEveryIdOfAnEarlierRun() {
        publish(100);
        FeedHub next = new FeedHub(() -> NOW.plusMillis(1), RING, 3);

        assertThat(next.lastId()).isGreaterThan(hub.lastId());
        assertThat(next.resume(hub.lastId(), event -> true)).isEmpty();
    }

    @Test
    void shouldResumeWithWhatWasMissedAsLongAsItIsKept() throws InterruptedException {
        publish(RING);
        long last = hub.lastId();

        try (Subscription resumed = hub.resume(last - RING, event -> true).orElseThrow()) {
            assertThat(idsOf(resumed, RING)).isEqualTo(ids(last - RING + 1, last));
            publish(1);
            assertThat(idsOf(resumed, 1)).containsExactly(last + 1);
        }
        assertThat(hub.resume(last - RING, event -> true))
                .as("one of them is gone now")
                .isEmpty();
        assertThat(hub.resume(hub.lastId() + 1, event -> true))
                .as("never given")
                .isEmpty();
        assertThat(hub.resume(hub.lastId(), event -> true))
                .as("nothing was missed")
                .isPresent();
    }

    @Test
    void shouldCountWhatASlowReaderMissedAndHurtNobodyElse() throws InterruptedException {
        try (Subscription slow = hub.subscribe(event -> true);
                Subscription quick = hub.subscribe(event -> true)) {
            publish(RING);
            assertThat(idsOf(quick, RING)).hasSize(RING);
            publish(1);

            assertThat(idsOf(quick, 1)).containsExactly(hub.lastId());
            assertThat(slow.next(Duration.ZERO)).contains(new Item.Gap(RING + 1));
            assertThat(slow.next(Duration.ZERO)).isEmpty();
            publish(1);
            assertThat(idsOf(slow, 1)).containsExactly(hub.lastId());
        }
    }

    @Test
    void shouldGiveAReaderThatIsBehindSeveralAtOnce() throws InterruptedException {
        long start = hub.lastId();
        try (Subscription reader = hub.subscribe(event -> event.id() != start + 2)) {
            publish(4);

            assertThat(reader.take(3, Duration.ZERO))
                    .extracting(item -> ((Item.Event) item).event().id())
                    .containsExactly(start + 1, start + 3);
            assertThat(reader.take(3, Duration.ZERO))
                    .extracting(item -> ((Item.Event) item).event().id())
                    .containsExactly(start + 4);
            assertThat(reader.take(3, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void shouldOnlyGiveWhatTheFilterLetsThrough() throws InterruptedException {
        try (Subscription errors = hub.subscribe(
                event -> event instanceof FeedEvent.Entry it && it.entry().kind() == Kind.ERROR)) {
            publish(RING - 1);
            hub.entry(new FeedEntry(Kind.ERROR, "beacon", "broken", ""));

            assertThat(idsOf(errors, 1)).containsExactly(hub.lastId());
        }
    }

    @Test
    void shouldWakeAReaderThatWaitsWhenItIsClosed() throws InterruptedException {
        Subscription subscription = hub.subscribe(event -> true);
        CountDownLatch ended = new CountDownLatch(1);
        Thread reader = Thread.startVirtualThread(() -> {
            try {
                if (subscription.next(Duration.ofMinutes(5)).isEmpty()) {
                    ended.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        subscription.close();

        ended.await();
        reader.join();
        publish(5);
        assertThat(subscription.next(Duration.ZERO)).isEmpty();
        assertThat(subscription.isClosed()).isTrue();
    }

    @Test
    void shouldKeepABoundedHistoryOfEntries() {
        publish(2);
        long before = hub.lastId();
        hub.entry(new FeedEntry(Kind.ERROR, "camera", "broken", ""));
        publish(1);

        assertThat(hub.history(Optional.empty(), Optional.empty(), 0, 10)).hasSize(3);
        assertThat(hub.history(Optional.of("camera"), Optional.empty(), 0, 10)).hasSize(1);
        assertThat(hub.history(Optional.empty(), Optional.of(Kind.NEWS), before, 10))
                .hasSize(1);
        assertThat(hub.history(Optional.empty(), Optional.empty(), 0, 1))
                .first()
                .extracting(FeedEvent.Entry::id)
                .isEqualTo(hub.lastId());
    }

    @Test
    void shouldNotLetLogEntriesPushOutErrors() {
        FeedHub hub = new FeedHub(() -> NOW, 1_000, 8);
        hub.entry(new FeedEntry(Kind.ERROR, "camera", "broken", ""));

        IntStream.range(0, 100).forEach(i -> hub.entry(new FeedEntry(Kind.LOG, "beacon", "line " + i, "INFO")));
        hub.entry(new FeedEntry(Kind.NEWS, "camera", "repaired", ""));

        assertThat(hub.history(Optional.empty(), Optional.empty(), 0, 100))
                .extracting(event -> event.entry().message())
                .containsExactly("broken", "line 98", "line 99", "repaired");
    }

    @Test
    void shouldGiveEachIdOnceWhenManyPublish() throws InterruptedException {
        FeedHub hub = new FeedHub(() -> NOW, 1_000, 3);
        long start = hub.lastId();
        try (Subscription all = hub.subscribe(event -> true)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.startVirtualThread(() -> publish(hub, 100)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(idsOf(all, 800)).isEqualTo(ids(start + 1, start + 800));
        }
    }
}

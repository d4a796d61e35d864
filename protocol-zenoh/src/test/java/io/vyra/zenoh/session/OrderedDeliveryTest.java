package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OrderedDeliveryTest {
    private static final PendingDeliveries NOBODY = new PendingDeliveries();

    private final List<Integer> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void shouldDeliverInOrderOneAfterTheOther() {
        OrderedDelivery<Integer> delivery =
                new OrderedDelivery<>(seen::add, _ -> 1, failures::add, 10_000, 10_000, Duration.ofSeconds(5));

        IntStream.range(0, 5000)
                .forEach(i -> assertThat(delivery.offer(i, true)).isTrue());

        await().until(() -> seen.size() == 5000);
        assertThat(seen).isSorted();
    }

    @Test
    void shouldDropWhatFindsNoRoom() {
        OrderedDelivery<Integer> delivery = gated(3, 100, Duration.ofMillis(50));
        awaitFirst(delivery);

        assertThat(IntStream.range(1, 6).filter(i -> delivery.offer(i, true)).count())
                .isEqualTo(3);

        assertThat(delivery.dropped()).isEqualTo(2);
        gate.countDown();
        await().untilAsserted(() -> assertThat(seen).containsExactly(0, 1, 2, 3));
    }

    @Test
    void shouldBoundTheBytesThatWaitButTakeOneOfAnySize() {
        OrderedDelivery<Integer> delivery =
                new OrderedDelivery<>(this::pass, weight -> weight, failures::add, 100, 10, Duration.ZERO);
        delivery.offer(0, true);
        await().until(() -> seen.contains(0));

        assertThat(delivery.offer(1000, true)).isTrue();
        assertThat(delivery.offer(1, true)).isFalse();
        gate.countDown();
    }

    @Test
    void shouldLetWhoBlocksWaitForRoomUpToADeadline() {
        OrderedDelivery<Integer> delivery = gated(1, 100, Duration.ofMillis(200));
        awaitFirst(delivery);
        assertThat(delivery.offer(1, false)).isTrue();
        long before = System.nanoTime();

        assertThat(delivery.offer(2, false)).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        Thread.ofVirtual().start(gate::countDown);
        await().until(() -> delivery.offer(3, false));
        await().untilAsserted(() -> assertThat(seen).containsExactly(0, 1, 3));
    }

    @Test
    void shouldGoOnAfterACallbackThatFails() {
        OrderedDelivery<Integer> delivery = new OrderedDelivery<>(
                item -> {
                    if (item == 1) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(item);
                },
                _ -> 1,
                failures::add,
                10,
                10,
                Duration.ZERO);

        IntStream.range(0, 3).forEach(i -> delivery.offer(i, true));

        await().untilAsserted(() -> assertThat(seen).containsExactly(0, 2));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTakeNothingMoreWhenClosed() {
        OrderedDelivery<Integer> delivery = gated(10, 100, Duration.ofSeconds(20));
        awaitFirst(delivery);
        delivery.offer(1, true);

        delivery.close();

        assertThat(delivery.offer(2, false)).isFalse();
        gate.countDown();
        await().pollDelay(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(seen).containsExactly(0));
    }

    @Test
    void shouldDeliverWhatWasAddedOnceItIsToldTo() {
        OrderedDelivery<Integer> delivery =
                new OrderedDelivery<>(seen::add, _ -> 1, failures::add, 1_000, 1_000, Duration.ZERO);

        IntStream.range(0, 3).forEach(i -> delivery.add(i, true, NOBODY));
        assertThat(seen).as("no thread was started").isEmpty();
        delivery.deliver();

        await().untilAsserted(() -> assertThat(seen).containsExactly(0, 1, 2));
    }

    @Test
    void shouldDeliverByItselfWhenMuchWasAddedOrThereIsNoRoom() {
        OrderedDelivery<Integer> large =
                new OrderedDelivery<>(seen::add, _ -> 1, failures::add, 1_000, 1_000, Duration.ZERO);
        IntStream.range(0, 100).forEach(i -> large.add(i, true, NOBODY));
        await().untilAsserted(() -> assertThat(seen).hasSizeGreaterThanOrEqualTo(32));
        OrderedDelivery<Integer> heavy =
                new OrderedDelivery<>(seen::add, weight -> weight, failures::add, 1_000, 1_000, Duration.ofSeconds(60));

        heavy.add(1_000, false, NOBODY);
        assertThat(heavy.add(999, false, NOBODY)).isTrue();
        heavy.deliver();

        await().untilAsserted(() -> assertThat(seen).contains(1_000, 999));
    }

    /** The reading thread waits for one subscriber; what the others got before is not held back by that. */
    @Test
    void shouldDeliverToOthersBeforeItWaits() {
        PendingDeliveries pending = new PendingDeliveries();
        List<Integer> others = new CopyOnWriteArrayList<>();
        OrderedDelivery<Integer> other =
                new OrderedDelivery<>(others::add, _ -> 1, failures::add, 1_000, 1_000, Duration.ZERO);
        OrderedDelivery<Integer> slow = gated(1, 100, Duration.ofSeconds(120));
        awaitFirst(slow);
        slow.offer(1, false);

        pending.add(other);
        other.add(7, true, pending);
        Thread reader = Thread.ofVirtual().start(() -> slow.add(2, false, pending));

        await().untilAsserted(() -> assertThat(others).containsExactly(7));
        assertThat(seen).as("the slow one goes on being slow").containsExactly(0);
        gate.countDown();
        await().until(() -> !reader.isAlive());
    }

    private OrderedDelivery<Integer> gated(int items, int bytes, Duration patience) {
        return new OrderedDelivery<>(this::pass, _ -> 1, failures::add, items, bytes, patience);
    }

    /** Waits until the callback has the first item, so that it is no longer in the queue. */
    private void awaitFirst(OrderedDelivery<Integer> delivery) {
        delivery.offer(0, true);
        await().until(() -> seen.contains(0));
    }

    private void pass(int item) {
        seen.add(item);
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

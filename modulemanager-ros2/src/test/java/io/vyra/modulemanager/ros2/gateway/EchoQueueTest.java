package io.vyra.modulemanager.ros2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EchoQueueTest {
    private final EchoQueue<Integer> queue = new EchoQueue<>();

    private List<Integer> takeAll() throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        Optional<Integer> next = queue.next(Duration.ZERO);
        while (next.isPresent()) {
            taken.add(next.get());
            next = queue.next(Duration.ZERO);
        }
        return taken;
    }

    @Test
    void shouldGiveUpTheOldestAndCountIt() throws InterruptedException {
        for (int i = 0; i < EchoQueue.CAPACITY + 3; i++) {
            assertThat(queue.offer(i, 1)).isEqualTo(i < EchoQueue.CAPACITY ? 0 : 1);
        }

        assertThat(takeAll())
                .hasSize(EchoQueue.CAPACITY)
                .startsWith(3, 4)
                .endsWith(EchoQueue.CAPACITY + 2)
                .isSorted();
        assertThat(queue.takeDropped()).isEqualTo(3);
        assertThat(queue.takeDropped()).isZero();
        assertThat(queue.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void shouldGiveUpAsManyAsALargeOneNeedsRoomFor() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer(i, EchoQueue.MOST_BYTES / 4)).isZero();
        }

        assertThat(queue.offer(4, EchoQueue.MOST_BYTES / 2)).isEqualTo(2);
        assertThat(queue.takeDropped()).isEqualTo(2);
        assertThat(takeAll()).containsExactly(2, 3, 4);
        assertThat(queue.offer(5, EchoQueue.MOST_BYTES))
                .as("what was taken takes no room")
                .isZero();
        assertThat(takeAll()).containsExactly(5);
    }

    @Test
    void shouldKeepOneThatIsLargerThanTheQueueAlone() throws InterruptedException {
        queue.offer(1, 10);

        assertThat(queue.offer(2, EchoQueue.MOST_BYTES + 1)).isEqualTo(1);
        assertThat(queue.offer(3, 10))
                .as("for a small one the large one has to go")
                .isEqualTo(1);
        assertThat(queue.takeDropped()).isEqualTo(2);
        queue.offer(4, EchoQueue.MOST_BYTES + 1);
        assertThat(takeAll()).containsExactly(4);
    }

    @Test
    void shouldWaitForTheNextMessage() throws InterruptedException {
        Thread.ofVirtual().start(() -> queue.offer(7, 1));

        assertThat(queue.next(Duration.ofSeconds(60))).contains(7);
    }

    @Test
    void shouldMeasureWhatAMessageTakes() {
        long picture = MessageSize.of(Map.of("data", new byte[1_000_000], "encoding", "rgb8"));
        long numbers = MessageSize.of(Map.of("ranges", List.of(1f, 2f, 3f, 4f)));

        assertThat(picture).isBetween(1_000_000L, 1_001_000L);
        assertThat(numbers).isBetween(4L * 16, 4L * 100);
    }
}

package io.vyra.modulemanager.ros2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vyra.modulemanager.ros.RosEcho;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoQueueTest {
    private final EchoQueue queue = new EchoQueue();

    private static RosEcho.Message message(int number) {
        return new RosEcho.Message(
                Instant.EPOCH, JsonNodeFactory.instance.objectNode().put("data", number));
    }

    @Test
    void shouldGiveUpTheOldestAndCountIt() throws InterruptedException {
        for (int i = 0; i < EchoQueue.CAPACITY + 3; i++) {
            assertThat(queue.offer(message(i))).isEqualTo(i < EchoQueue.CAPACITY);
        }

        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < EchoQueue.CAPACITY; i++) {
            taken.add(queue.next(Duration.ZERO)
                    .orElseThrow()
                    .message()
                    .path("data")
                    .intValue());
        }

        assertThat(taken).startsWith(3, 4).endsWith(EchoQueue.CAPACITY + 2).isSorted();
        assertThat(queue.takeDropped()).isEqualTo(3);
        assertThat(queue.takeDropped()).isZero();
        assertThat(queue.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void shouldWaitForTheNextMessage() throws InterruptedException {
        Thread.ofVirtual().start(() -> queue.offer(message(7)));

        assertThat(queue.next(Duration.ofSeconds(60))).contains(message(7));
    }
}

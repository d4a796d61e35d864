package io.vyra.modulemanager.ros2.rcljava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ros2.rcljava.client.Client;
import org.ros2.rcljava.consumers.Consumer;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.interfaces.ServiceDefinition;

class RclJavaClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Map<String, Object> REQUEST = Map.of("frame_id", "base", "size", 2.0);

    private final List<PaperClient> made = new CopyOnWriteArrayList<>();
    private final SpinThread thread = new SpinThread(() -> LockSupport.parkNanos(100_000));
    private final RclJavaClient client =
            new RclJavaClient("/arm/reset", RobotMessages.parts(), RobotMessages.parts(), thread, this::make);
    private volatile boolean isServed = true;
    private volatile boolean isAnswering = true;

    /** A client whose server gives the request back. */
    private final class PaperClient implements Client<ServiceDefinition> {
        private volatile boolean isDisposed;

        @Override
        @SuppressWarnings("unchecked")
        public <U extends MessageDefinition, V extends MessageDefinition> Future<V> asyncSendRequest(
                U request, Consumer<Future<V>> callback) {
            CompletableFuture<V> answer = new CompletableFuture<>();
            if (isAnswering) {
                answer.complete((V) request);
                callback.accept(answer);
            }
            return answer;
        }

        @Override
        public boolean isServiceAvailable() {
            return isServed;
        }

        @Override
        public void dispose() {
            isDisposed = true;
        }

        @Override
        public long getHandle() {
            return 0;
        }
    }

    private Client<ServiceDefinition> make() {
        PaperClient paper = new PaperClient();
        made.add(paper);
        return paper;
    }

    @AfterEach
    void end() {
        thread.close(() -> {});
    }

    @Test
    void shouldBringRequestAndAnswerAcross() throws Exception {
        assertThat(client.call(REQUEST, PATIENCE)).isEqualTo(REQUEST);
    }

    @Test
    void shouldSayThatNobodyServes() {
        isServed = false;

        assertThatThrownBy(() -> client.call(REQUEST, SHORT))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("/arm/reset");
    }

    @Test
    void shouldBeMadeAnewWhenManyRequestsWereNotAnswered() throws Exception {
        isAnswering = false;
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> client.call(REQUEST, SHORT)).isInstanceOf(TimeoutException.class);
        }
        assertThat(made).hasSize(1);
        isAnswering = true;

        assertThat(client.call(REQUEST, PATIENCE)).isEqualTo(REQUEST);

        assertThat(made).hasSize(2);
        await().atMost(PATIENCE).until(() -> made.getFirst().isDisposed);
        assertThat(made.getLast().isDisposed).isFalse();
    }

    @Test
    void shouldDisposeOfItsClientOnce() {
        client.close();
        client.close();

        await().atMost(PATIENCE).until(() -> made.getFirst().isDisposed);
        assertThatThrownBy(() -> client.call(REQUEST, PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/arm/reset");
    }
}

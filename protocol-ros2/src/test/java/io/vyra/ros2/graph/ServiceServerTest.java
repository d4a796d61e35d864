package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ServiceServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");

    @Test
    void shouldDropTheReplyOfAProgramThatHasLeftTheGraph() throws Exception {
        CompletableFuture<Thread> answering = new CompletableFuture<>();
        CountDownLatch hasLeft = new CountDownLatch(1);
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
        ContextSettings settings = ContextSettings.of(Domains.localhost(Domains.free()), "test");
        try (RosContext robot = RosContext.open(settings);
                RosContext user = RosContext.open(settings)) {
            robot.createNode("/", "robot").createService("add", ADD, request -> {
                answering.complete(Thread.currentThread());
                await().atMost(PATIENCE).until(() -> hasLeft.getCount() == 0);
                return Map.of("sum", 3L);
            });
            ServiceClient client = user.createNode("/", "user").createClient("add", ADD);
            Thread asking = Thread.startVirtualThread(() -> call(client));
            Thread server = answering.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            robot.close();
            hasLeft.countDown();

            assertThat(server.join(PATIENCE)).isTrue();
            assertThat(uncaught).isEmpty();
            asking.interrupt();
            assertThat(asking.join(PATIENCE)).isTrue();
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** Asks until it is interrupted, or nobody has answered in time; any other end is uncaught, which the test sees. */
    private static void call(ServiceClient client) {
        try {
            client.call(Map.of("a", 1L, "b", 2L), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // The server left the graph before it answered.
        }
    }
}

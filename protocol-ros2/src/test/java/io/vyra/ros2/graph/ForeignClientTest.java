package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs on rmw_cyclonedds say of their clients and servers, so that both wait for those whose turn it is, is heard and said. */
class ForeignClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");
    private static final String SERVICE = "add_two_ints";

    private RosNode node;
    private RosContext context;
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        int domain = Domains.free();
        context = RosContext.open(ContextSettings.of(Domains.localhost(domain), "test"));
        node = context.createNode("/", "own");
        peer = Peer.start(Implementation.CYCLONE_PYTHON, domain);
    }

    @AfterEach
    void stop() {
        peer.close();
        context.close();
    }

    @Test
    void shouldKeepTheReplyUntilTheClientsOwnReaderIsThere() {
        AtomicInteger handled = new AtomicInteger();
        node.createService(SERVICE, ADD, request -> {
            handled.incrementAndGet();
            return Map.of("sum", (Long) request.get("a") + (Long) request.get("b"));
        });
        peer.tell("half_client", "first", SERVICE, "1", "2");
        peer.tell("whole_client", "first");
        assertThat(peer.events("reply", "first")).containsExactly("3");

        for (int client = 2; client < 12; client++) {
            // The readers of those before are there, in the same program: they are not the next one's.
            String name = "client" + client;
            int calls = client;
            peer.tell("half_client", name, SERVICE, String.valueOf(client), "4");
            await().atMost(PATIENCE).until(() -> handled.get() == calls);
            peer.tell("whole_client", name);

            assertThat(peer.events("reply", name)).containsExactly(String.valueOf(client + 4));
        }
    }

    @Test
    void shouldSayWhichOfItsReadersAndWritersAreOfOneClient() throws Exception {
        peer.tell("serve_named", "server", SERVICE);
        try (ServiceClient one = node.createClient(SERVICE, ADD);
                ServiceClient other = node.createClient(SERVICE, ADD)) {
            assertThat(one.call(Map.of("a", 1L, "b", 2L), PATIENCE)).isEqualTo(Map.of("sum", 3L));
            assertThat(other.call(Map.of("a", 3L, "b", 4L), PATIENCE)).isEqualTo(Map.of("sum", 7L));
        }

        List<String> identities = peer.awaitEvents("asked", "server", 2);
        assertThat(identities).doesNotHaveDuplicates().hasSize(2).doesNotContain("None");
    }
}

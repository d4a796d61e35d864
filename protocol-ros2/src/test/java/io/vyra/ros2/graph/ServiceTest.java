package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Services with peers that serve and call as the rmw of their implementation does: the convention is learned from the peer. A thousand calls,
 * ten of them the first of a new client, of which none is lost.
 */
@ParameterizedClass
@EnumSource(names = {"CYCLONE", "FAST_DDS"})
class ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");
    private static final int CLIENTS = 10;
    private static final int CALLS = 100;

    @Parameter
    private Implementation implementation;

    private RosContext context;
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        int domain = Domains.free();
        context = RosContext.open(ContextSettings.of(Domains.localhost(domain), "test"));
        peer = Peer.start(implementation, domain);
    }

    @AfterEach
    void stop() {
        peer.close();
        context.close();
    }

    @Test
    void shouldAnswerEveryCallOfAPeer() {
        context.createNode("/", "server")
                .createService(
                        "add_two_ints",
                        ADD,
                        request -> Map.of("sum", (Long) request.get("a") + (Long) request.get("b")));

        IntStream.range(0, CLIENTS)
                .forEach(client -> peer.tell("calls", "client" + client, "add_two_ints", String.valueOf(CALLS)));

        assertThat(IntStream.range(0, CLIENTS).mapToObj(client -> peer.events("called", "client" + client)))
                .allSatisfy(answered -> assertThat(answered).containsExactly(String.valueOf(CALLS)));
    }

    @Test
    void shouldGetAnAnswerOfAPeerToEveryCall() throws Exception {
        RosNode node = context.createNode("/", "client");
        peer.tell("serve", "server", "add_two_ints");

        for (int client = 0; client < CLIENTS; client++) {
            try (ServiceClient add = node.createClient("add_two_ints", ADD)) {
                for (long i = 0; i < CALLS; i++) {
                    assertThat(add.call(Map.of("a", i, "b", 1L), PATIENCE)).isEqualTo(Map.of("sum", i + 1));
                }
            }
        }
    }
}

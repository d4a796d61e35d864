package io.vyra.modulemanager.ros2.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BridgeConnectionTest {
    /** As on a robot without a network yet. */
    private static final class NoNetwork implements RosProvider {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public RosPort open(String namespace, String name) throws IOException {
            asked.incrementAndGet();
            throw new IOException("no network");
        }

        @Override
        public String description() {
            return "provider=none";
        }
    }

    private final NoNetwork network = new NoNetwork();
    private final BridgeConnection connection =
            new BridgeConnection(network, ModuleId.random("v2_modulemanager"), Clock.systemUTC());

    @Test
    void shouldSayWhyItIsNotConnectedYet() {
        assertThat(connection.condition().reason()).isEqualTo("the bridge has not been started yet");

        connection.start(List.of());

        await().atMost(Robot.PATIENCE)
                .until(() -> connection.condition().reason().equals("no network"));
        connection.close();
        assertThat(connection.condition().isConnected()).isFalse();
    }

    /** The start may be over only when the manager is ended already. */
    @Test
    void shouldStayAwayOnceItIsClosed() {
        connection.close();

        connection.start(List.of());

        assertThat(network.asked).hasValue(0);
        assertThat(connection.condition().reason()).isEqualTo("the manager is stopping");
    }
}

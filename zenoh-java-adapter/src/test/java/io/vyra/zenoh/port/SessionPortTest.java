package io.vyra.zenoh.port;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.session.SessionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SessionPortTest extends ZenohPortContract {
    @Override
    protected ZenohPort open(Endpoint endpoint, Consumer<? super Throwable> failures) throws Exception {
        return SessionPort.open(SessionSettings.client(endpoint), Duration.ofSeconds(40), failures);
    }

    @Test
    void shouldSayWhichRouterItDidNotReach() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", silent.getLocalPort());

            assertThatThrownBy(
                            () -> SessionPort.open(SessionSettings.client(endpoint), Duration.ofMillis(200), _ -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(endpoint.toString())
                    .hasMessageContaining("PT0.2S");
        }
    }
}

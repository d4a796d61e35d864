package io.vyra.modulemanager.benchmark.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CountingRelayTest {

    @Test
    void shouldPassOnAndCountBothWays() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CountingRelay relay = new CountingRelay(target.getLocalPort());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
                Socket served = target.accept()) {
            client.getOutputStream().write(new byte[5]);
            assertThat(served.getInputStream().readNBytes(5)).hasSize(5);

            served.getOutputStream().write(new byte[70_000]);
            served.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).hasSize(70_000);
            assertThat(relay.towards()).isEqualTo(5);
            assertThat(relay.back()).isEqualTo(70_000);
        }
    }
}

package io.vyra.modulemanager.ros2.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.modulemanager.ros2.port.UnusableProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ModuleId SELF = new ModuleId("v2_modulemanager", "a".repeat(32));

    private static RosProvider chosen(Map<String, String> settings) {
        return Settings.of(settings).provider();
    }

    @Test
    void shouldSpeakRos2ItselfUnlessTold() {
        assertThat(chosen(Map.of())).isInstanceOf(RtpsProvider.class);
        assertThat(chosen(Map.of("mm.ros2.domain-id", "3")).description())
                .isEqualTo("provider=rtps domain=3 range=SUBNET");
    }

    @Test
    void shouldTakeRcljavaWhenAskedFor() {
        assertThat(chosen(Map.of("mm.ros2.provider", "rcljava", "mm.ros2.rcljava-jars", "/opt/ros2_java,/opt/arm")))
                .isInstanceOf(RclJavaProvider.class)
                .satisfies(
                        it -> assertThat(it.description()).isEqualTo("provider=rcljava jars=/opt/ros2_java,/opt/arm"));
    }

    @Test
    void shouldRefuseAnUnknownOneOnlyWhenItIsUsed() {
        RosProvider unknown = chosen(Map.of("mm.ros2.provider", "dds4all"));

        assertThatThrownBy(() -> unknown.open("/arm", "driver"))
                .isInstanceOf(UnusableProviderException.class)
                .hasMessageContaining("mm.ros2.provider is 'dds4all'")
                .hasMessageContaining("rtps")
                .hasMessageContaining("rcljava");
    }

    @Test
    void shouldHaveTheRmwThatTheServicesAskForInTheEnvironment() {
        RosProvider provider = chosen(Map.of("mm.ros2.provider", "rcljava", "mm.ros2.services", "cyclone-dds"));

        assertThatThrownBy(() -> provider.open("/arm", "driver"))
                .isInstanceOf(UnusableProviderException.class)
                .hasMessageContaining("RMW_IMPLEMENTATION=rmw_cyclonedds_cpp");
    }

    @Test
    void shouldTryAgainWhenTheSystemDoesNotLetIt() {
        AtomicInteger attempts = new AtomicInteger();
        RosProvider flaky = new RosProvider() {
            @Override
            public RosPort open(String namespace, String name) throws IOException {
                if (attempts.incrementAndGet() == 1) {
                    throw new UncheckedIOException(
                            "the network interfaces cannot be listed", new IOException("too many open files"));
                }
                throw new IOException("no port is free");
            }

            @Override
            public String description() {
                return "provider=flaky";
            }
        };
        try (BridgeConnection connection = new BridgeConnection(flaky, SELF, Clock.systemUTC())) {
            connection.start(List.of());

            await().atMost(PATIENCE)
                    .until(() -> connection.condition().reason().equals("the network interfaces cannot be listed"));
            await().atMost(PATIENCE).until(() -> connection.condition().reason().equals("no port is free"));
            assertThat(attempts).hasValue(2);
        }
    }

    @Test
    void shouldStayOutOfTheGraphAndSayWhy() {
        AtomicInteger attempts = new AtomicInteger();
        RosProvider unusable = new RosProvider() {
            @Override
            public RosPort open(String namespace, String name) throws UnusableProviderException {
                attempts.incrementAndGet();
                throw new UnusableProviderException("it is not installed: install it");
            }

            @Override
            public String description() {
                return "provider=unusable";
            }
        };
        try (BridgeConnection connection = new BridgeConnection(unusable, SELF, Clock.systemUTC())) {
            connection.start(List.of());

            await().atMost(PATIENCE)
                    .until(() -> connection.condition().reason().equals("it is not installed: install it"));
            assertThat(connection.condition().isConnected()).isFalse();
            assertThat(connection.node()).isEmpty();
            assertThat(attempts).hasValue(1);
        }
    }
}

package io.vyra.ros2.rtps.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoverySettingsTest {
    @Test
    void shouldBeInTheSubnetOfDomainZeroByDefault() {
        DiscoverySettings settings = DiscoverySettings.of(Map.of());

        assertThat(settings.domain()).isZero();
        assertThat(settings.range()).isEqualTo(DiscoverySettings.Range.SUBNET);
        assertThat(settings.peers()).isEmpty();
    }

    @Test
    void shouldReadTheEnvironmentOfRos() {
        DiscoverySettings settings = DiscoverySettings.of(Map.of(
                "ROS_DOMAIN_ID", "42",
                "ROS_AUTOMATIC_DISCOVERY_RANGE", "OFF",
                "ROS_STATIC_PEERS", "10.0.0.1; 10.0.0.2:7412"));

        assertThat(settings.domain()).isEqualTo(42);
        assertThat(settings.range()).isEqualTo(DiscoverySettings.Range.OFF);
        assertThat(settings.peers())
                .containsExactly(new InetSocketAddress("10.0.0.1", 0), new InetSocketAddress("10.0.0.2", 7412));
    }

    @Test
    void shouldStayOnThisMachineWhenToldInTheOldWay() {
        assertThat(DiscoverySettings.of(Map.of("ROS_LOCALHOST_ONLY", "1")).range())
                .isEqualTo(DiscoverySettings.Range.LOCALHOST);
    }

    @ParameterizedTest
    @CsvSource({
        "ROS_DOMAIN_ID, 300, 0 to 232",
        "ROS_DOMAIN_ID, x, is a number",
        "ROS_AUTOMATIC_DISCOVERY_RANGE, WORLD, 'SUBNET, LOCALHOST, OFF or SYSTEM_DEFAULT'",
        "ROS_STATIC_PEERS, 10.0.0.1:x, names a peer that cannot be"
    })
    void shouldRefuseWhatCannotBe(String name, String value, String problem) {
        assertThatThrownBy(() -> DiscoverySettings.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}

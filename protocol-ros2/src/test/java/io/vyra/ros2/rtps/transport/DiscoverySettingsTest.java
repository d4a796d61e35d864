package io.vyra.ros2.rtps.transport;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.ros2.peer.LogWatch;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
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
                "ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST",
                "ROS_STATIC_PEERS", "10.0.0.1; 10.0.0.2:7412;robot-arm_1;fe80::1%eth0;[2001:db8::2]:7410"));

        assertThat(settings.domain()).isEqualTo(42);
        assertThat(settings.range()).isEqualTo(DiscoverySettings.Range.LOCALHOST);
        assertThat(settings.peers())
                .containsExactly(
                        new StaticPeer("10.0.0.1", 0),
                        new StaticPeer("10.0.0.2", 7412),
                        new StaticPeer("robot-arm_1", 0),
                        new StaticPeer("fe80::1%eth0", 0),
                        new StaticPeer("2001:db8::2", 7410));
        assertThat(settings.peers())
                .extracting(peer -> StaticPeer.parse(peer.toString()))
                .isEqualTo(settings.peers());
    }

    @ParameterizedTest
    @CsvSource({"ROS_AUTOMATIC_DISCOVERY_RANGE, OFF", "ROS_LOCALHOST_ONLY, 1"})
    void shouldLookForNoPeersWhereRos2DoesNot(String name, String value) {
        try (LogWatch log = new LogWatch(DiscoverySettings.class)) {
            DiscoverySettings settings = DiscoverySettings.of(Map.of("ROS_STATIC_PEERS", "10.0.0.1", name, value));

            assertThat(settings.peers()).isEmpty();
            assertThat(log.messages())
                    .singleElement(as(InstanceOfAssertFactories.STRING))
                    .contains("10.0.0.1", name + "=" + value, "ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST");
        }
    }

    @Test
    void shouldStayOnThisMachineWhenToldInTheOldWay() {
        assertThat(DiscoverySettings.of(Map.of("ROS_LOCALHOST_ONLY", "1")).range())
                .isEqualTo(DiscoverySettings.Range.LOCALHOST);
    }

    @ParameterizedTest
    @CsvSource({
        "ROS_DOMAIN_ID, 233, 'ROS_DOMAIN_ID is a number from 0 to 232, not 233'",
        "ROS_DOMAIN_ID, -1, 'ROS_DOMAIN_ID is a number from 0 to 232, not -1'",
        "ROS_DOMAIN_ID, x, 'ROS_DOMAIN_ID is a number from 0 to 232, not x'",
        "ROS_STATIC_PEERS, '10.0.0.1,10.0.0.2', 'Put semicolons between peers, not commas'",
        "ROS_AUTOMATIC_DISCOVERY_RANGE, WORLD, 'SUBNET, LOCALHOST, OFF or SYSTEM_DEFAULT'",
        "ROS_STATIC_PEERS, 10.0.0.1:x, names a peer that cannot be",
        "ROS_STATIC_PEERS, 10.0.0.1:70000, names a peer that cannot be",
        "ROS_STATIC_PEERS, 10.0.0.256, names a peer that cannot be",
        "ROS_STATIC_PEERS, 10.0.0, names a peer that cannot be",
        "ROS_STATIC_PEERS, 10.0.0.1.2, names a peer that cannot be",
        "ROS_STATIC_PEERS, arm;10.0.0.1 10.0.0.2, names a peer that cannot be: 10.0.0.1 10.0.0.2",
        "ROS_STATIC_PEERS, http://arm, names a peer that cannot be",
        "ROS_STATIC_PEERS, :7410, names a peer that cannot be",
        "ROS_STATIC_PEERS, [::1, names a peer that cannot be",
        "ROS_STATIC_PEERS, [::1]7410, names a peer that cannot be",
        "ROS_STATIC_PEERS, -arm, names a peer that cannot be"
    })
    void shouldRefuseWhatCannotBe(String name, String value, String problem) {
        assertThatThrownBy(() -> DiscoverySettings.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}

package io.vyra.modulemanager.ros2.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.ServiceConvention;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import io.vyra.ros2.rtps.transport.StaticPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeSettingsTest {
    @TempDir
    private Path folder;

    private static DiscoverySettings discovery(BridgeSettings settings) {
        return settings.context().participant().discovery();
    }

    @Test
    void shouldLetAnybodyInTheSubnetReadByDefault() {
        Ros2Configuration configuration = Settings.configuration(Map.of());
        BridgeSettings settings = BridgeSettings.of(configuration);

        assertThat(configuration.enabled()).isTrue();
        assertThat(discovery(settings).domain()).isZero();
        assertThat(discovery(settings).range()).isEqualTo(DiscoverySettings.Range.SUBNET);
        assertThat(discovery(settings).peers()).isEmpty();
        assertThat(settings.context().convention()).isEmpty();
        assertThat(settings.context().distribution()).isEqualTo(ContextSettings.Distribution.IRON_OR_LATER);
        assertThat(settings.role()).isEqualTo(Role.VIEWER);
        assertThat(settings.echoes().matcher("/any/topic").matches()).isTrue();
        assertThat(settings.publish()).isEmpty();
        assertThat(settings.call()).isEmpty();
        assertThat(settings.mostEchoes()).isEqualTo(32);
    }

    @Test
    void shouldTakeEveryKey() throws IOException {
        Path message = folder.resolve("robot_msgs/msg/Wheel.msg");
        Files.createDirectories(message.getParent());
        Files.writeString(message, "float64 speed\n");

        BridgeSettings settings = Settings.of(Map.ofEntries(
                Map.entry("mm.ros2.enabled", "false"),
                Map.entry("mm.ros2.domain-id", "42"),
                Map.entry("mm.ros2.localhost-only", "0"),
                Map.entry("mm.ros2.automatic-discovery-range", "LOCALHOST"),
                Map.entry("mm.ros2.static-peers", "127.0.0.1;127.0.0.2:7411"),
                Map.entry("mm.ros2.services", "fast-dds"),
                Map.entry("mm.ros2.distribution", "humble"),
                Map.entry("mm.ros2.interfaces", folder.toString()),
                Map.entry("mm.ros2.role", "developer"),
                Map.entry("mm.ros2.echo-allowed", "/arm/.*"),
                Map.entry("mm.ros2.publish-allowed", "/cmd"),
                Map.entry("mm.ros2.call-allowed", "/reset"),
                Map.entry("mm.ros2.max-echoes", "3")));

        assertThat(discovery(settings).domain()).isEqualTo(42);
        assertThat(discovery(settings).range()).isEqualTo(DiscoverySettings.Range.LOCALHOST);
        assertThat(discovery(settings).peers())
                .containsExactly(new StaticPeer("127.0.0.1", 0), new StaticPeer("127.0.0.2", 7411));
        assertThat(settings.context().convention()).contains(ServiceConvention.FAST_DDS);
        assertThat(settings.context().distribution()).isEqualTo(ContextSettings.Distribution.HUMBLE);
        assertThat(settings.context().types().registry().names()).contains(TypeName.parse("robot_msgs/msg/Wheel"));
        assertThat(settings.role()).isEqualTo(Role.DEVELOPER);
        assertThat(settings.echoes().matcher("/leg").matches()).isFalse();
        assertThat(settings.publish().orElseThrow().matcher("/cmd").matches()).isTrue();
        assertThat(settings.call().orElseThrow().matcher("/reset").matches()).isTrue();
        assertThat(settings.mostEchoes()).isEqualTo(3);
    }

    @Test
    void shouldTakeTheVariablesOfRos2() {
        Ros2Configuration configuration = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .withMapping(Ros2Configuration.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "ROS_DOMAIN_ID", "7",
                                "ROS_LOCALHOST_ONLY", "1",
                                "ROS_AUTOMATIC_DISCOVERY_RANGE", "SUBNET",
                                "ROS_STATIC_PEERS", "127.0.0.3"),
                        "variables",
                        400))
                .build()
                .getConfigMapping(Ros2Configuration.class);

        DiscoverySettings discovery = discovery(BridgeSettings.of(configuration));

        assertThat(discovery.domain()).isEqualTo(7);
        assertThat(discovery.range()).isEqualTo(DiscoverySettings.Range.LOCALHOST);
        // As in ROS 2 since Iron, whose rcl then looks for no peers.
        assertThat(discovery.peers()).isEmpty();
    }

    @Test
    void shouldTakePeersWhoseNamesHaveNoAddressYet() {
        BridgeSettings settings = Settings.of(Map.of("mm.ros2.static-peers", "not-up-yet.invalid;robot_arm_1:7410"));

        assertThat(discovery(settings).peers())
                .containsExactly(new StaticPeer("not-up-yet.invalid", 0), new StaticPeer("robot_arm_1", 7410));
    }

    @ParameterizedTest
    @CsvSource({
        "mm.ros2.domain-id,233,ROS_DOMAIN_ID is a number from 0 to 232",
        "mm.ros2.domain-id,seven,ROS_DOMAIN_ID",
        "mm.ros2.automatic-discovery-range,WORLD,ROS_AUTOMATIC_DISCOVERY_RANGE",
        "mm.ros2.static-peers,arm:x,ROS_STATIC_PEERS",
        "mm.ros2.static-peers,http://arm,ROS_STATIC_PEERS",
        "mm.ros2.interfaces,/nowhere/at/all,mm.ros2.interfaces",
        "mm.ros2.echo-allowed,(,mm.ros2.echo-allowed",
        "mm.ros2.publish-allowed,[,mm.ros2.publish-allowed",
        "mm.ros2.call-allowed,*,mm.ros2.call-allowed",
        "mm.ros2.max-echoes,0,mm.ros2.max-echoes",
        "mm.ros2.max-echoes,257,mm.ros2.max-echoes"
    })
    void shouldSayWhichSettingIsWrong(String key, String value, String named) {
        assertThatThrownBy(() -> Settings.of(Map.of(key, value)))
                .isInstanceOf(BridgeSettingsException.class)
                .hasMessageContaining(named);
    }
}

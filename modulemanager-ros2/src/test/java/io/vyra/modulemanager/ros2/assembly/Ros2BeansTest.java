package io.vyra.modulemanager.ros2.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros2.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The switch. What stands behind it needs none of the core's parts while it is off. */
class Ros2BeansTest {
    private static Ros2Beans beans(Map<String, String> settings, boolean slim) {
        return new Ros2Beans(
                Settings.configuration(settings), slim, "1.0.0", null, null, null, null, Clock.systemUTC());
    }

    @ParameterizedTest
    @CsvSource({"true,true,VYRA_SLIM=true", "false,false,mm.ros2.enabled=false"})
    void shouldBeSwitchedOff(boolean enabled, boolean slim, String by) {
        RosBridge bridge =
                beans(Map.of("mm.ros2.enabled", String.valueOf(enabled)), slim).bridge();

        assertThat(bridge.status().enabled()).isFalse();
        assertThat(bridge.status().reason()).contains(by);
        assertThat(bridge.graph().nodes()).isEmpty();
        assertThatThrownBy(() -> bridge.publish("/a", Optional.empty(), JsonNodeFactory.instance.objectNode()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.type()).isEqualTo(ProblemType.NOT_IMPLEMENTED);
                    assertThat(e.problem().detail()).contains(by);
                });
    }

    @Test
    void shouldNotStartWithASettingThatIsWrong() {
        assertThatThrownBy(() -> beans(Map.of("mm.ros2.domain-id", "999"), false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("0 to 232");
    }
}

package io.vyra.modulemanager.ros2.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager whose ROS 2 cannot be used goes on without it. */
class UnusableProviderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldManageWithoutTheBridgeAndSayWhatToDo() throws Exception {
        try (Robot robot =
                new Robot(folder, Settings.local(Domains.free(), Map.of("mm.ros2.provider", "dds4all")), false)) {
            RosBridge bridge = robot.face.bridge();

            ModuleId arm = robot.installSleeper("arm");

            assertThat(robot.view(arm).state().phase().wire()).isEqualTo("running");
            await().atMost(Robot.PATIENCE)
                    .until(() -> bridge.status().reason().contains("mm.ros2.provider is 'dds4all'"));
            assertThat(bridge.status().enabled()).isTrue();
            assertThat(bridge.status().connected()).isFalse();
            assertThat(bridge.graph().nodes()).isEmpty();
            assertThatThrownBy(() -> bridge.publish("/a", Optional.empty(), JsonNodeFactory.instance.objectNode()))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.type()).isEqualTo(ProblemType.ROS_UNAVAILABLE);
                        assertThat(e.problem().detail()).contains("set it to rtps");
                    });
        }
    }
}

package io.vyra.modulemanager.ros2.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Asker;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.ros2.graph.GoalStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody in the graph may change anything unless the operator says so. */
class StrangersTest {
    @TempDir
    private Path folder;

    private Robot robot;
    private Asker asker;

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(folder, Settings.local(Domains.free(), Map.of()));
        asker = new Asker(robot.join("/", "stranger"), robot.manager().self());
    }

    @AfterEach
    void end() {
        robot.close();
    }

    @Test
    void shouldOnlyRead() throws Exception {
        ModuleId arm = robot.installSleeper("arm");

        Map<String, Object> read = asker.call("get_module", "GetModule", Map.of("id", arm.toString()));
        Map<String, Object> stop =
                asker.call("set_module_state", "SetModuleState", Map.of("id", arm.toString(), "command", "stop"));
        Asker.Reached removal = asker.reach("remove_module", "RemoveModule", Map.of("id", arm.toString()));

        assertThat(read).containsEntry("success", true);
        assertThat(Asker.problem(stop)).isEqualTo("forbidden");
        assertThat((String) ((Map<?, ?>) stop.get("problem")).get("detail")).contains("mm.ros2.role=operator");
        assertThat(removal.outcome().status()).isEqualTo(GoalStatus.ABORTED);
        assertThat(removal.problem()).isEqualTo("forbidden");
        assertThat(robot.view(arm).state().phase().wire()).isEqualTo("running");
        assertThat(robot.face.bridge().status().counters().refused()).isEqualTo(2);
    }
}

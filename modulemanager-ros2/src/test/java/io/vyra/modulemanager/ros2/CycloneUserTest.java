package io.vyra.modulemanager.ros2;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager beside a program on another implementation of DDS, which knows it by its interfaces' definitions alone. */
class CycloneUserTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeUsedFromAnotherImplementation() throws Exception {
        int domain = Domains.free();
        try (Robot robot = new Robot(folder, Settings.local(domain, Map.of("mm.ros2.role", "developer")))) {
            ModuleId arm = robot.installSleeper("arm");
            ModuleId leg = robot.installSleeper("leg");
            try (CycloneUser user =
                    CycloneUser.start(domain, "/" + robot.manager().self())) {
                List<List<String>> listed = user.tell("list");
                List<List<String>> latched = user.tell("states");
                List<List<String>> removed = user.tell("remove", arm.toString());

                assertThat(listed)
                        .contains(
                                List.of("module", arm.toString(), "running"),
                                List.of("module", leg.toString(), "running"),
                                List.of("listed", "2", "True"));
                assertThat(latched).contains(List.of("state", arm.toString(), "running"), List.of("latched", "2"));
                // 4 is STATUS_SUCCEEDED of action_msgs/msg/GoalStatus.
                assertThat(removed).contains(List.of("accepted", "True"), List.of("result", "4", "True", ""));
                assertThat(removed)
                        .filteredOn(event -> event.getFirst().equals("feedback"))
                        .last()
                        .satisfies(event -> {
                            assertThat(event.subList(1, 3)).containsExactly("100", "succeeded");
                            assertThat(Integer.parseInt(event.get(3))).isPositive();
                        });
            }
            assertThat(robot.manager().modules(Caller.MANAGER))
                    .singleElement()
                    .satisfies(module -> assertThat(module.id()).isEqualTo(leg.toString()));
        }
    }
}

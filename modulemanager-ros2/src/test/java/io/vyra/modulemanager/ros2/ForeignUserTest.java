package io.vyra.modulemanager.ros2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manager beside programs on other implementations of DDS, which know it by its interfaces' definitions alone. */
class ForeignUserTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldBeUsedFromAnotherImplementation(ForeignProgram.Implementation implementation) throws Exception {
        int domain = Domains.free();
        try (Robot robot = new Robot(folder, Settings.local(domain, Map.of("mm.ros2.role", "developer")))) {
            ModuleId arm = robot.installSleeper("arm");
            ModuleId leg = robot.installSleeper("leg");
            try (ForeignProgram user = ForeignProgram.user(
                    implementation, domain, "/" + robot.manager().self())) {
                assertThat(user.tell("list"))
                        .contains(
                                List.of("module", arm.toString(), "running"),
                                List.of("module", leg.toString(), "running"),
                                List.of("listed", "2", "True"));
                assertThat(user.tell("states"))
                        .contains(List.of("state", arm.toString(), "running"), List.of("latched", "2"));
                assertStops(user, robot, leg);
                assertThat(user.tell("set", "nobody", "stop"))
                        .contains(List.of("set", "False", "module-not-found", ""));
                assertRemoves(user, arm);
            }
            assertThat(robot.manager().modules(Caller.MANAGER))
                    .singleElement()
                    .satisfies(module -> assertThat(module.id()).isEqualTo(leg.toString()));
        }
    }

    private static void assertStops(ForeignProgram user, Robot robot, ModuleId module) {
        List<String> answer = user.tell("set", module.toString(), "stop").getFirst();

        assertThat(answer.subList(0, 3)).isEqualTo(List.of("set", "True", ""));
        assertThat(robot.core.ended(answer.get(3)).status()).isEqualTo(Operation.Status.SUCCEEDED);
        await().atMost(Robot.PATIENCE).until(() -> robot.view(module).state().phase() == ModuleView.Phase.STOPPED);
    }

    private static void assertRemoves(ForeignProgram user, ModuleId module) {
        List<List<String>> removed = user.tell("remove", module.toString());

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

    @ParameterizedTest
    @EnumSource
    void shouldAnswerModulesOfEarlierReleases(ForeignProgram.Implementation implementation) throws Exception {
        int domain = Domains.free();
        try (Robot robot = new Robot(folder, Settings.local(domain, Map.of()))) {
            ModuleId arm = robot.installSleeper("arm");
            ModuleId leg = robot.core.install(Robot.sleeper("leg", "1.2.3"));
            try (ForeignProgram user = ForeignProgram.user(
                    implementation, domain, "/" + robot.manager().self())) {
                assertThat(user.tell("register", "leg", leg.instanceId())).contains(List.of("register", "0", ""));
                assertThat(user.tell("register", "leg", arm.instanceId()).getFirst())
                        .satisfies(answer -> {
                            assertThat(answer.subList(0, 2)).isEqualTo(List.of("register", "4"));
                            assertThat(answer.get(2)).contains("leg_" + arm.instanceId(), "not installed");
                        });
                assertThat(user.tell("registered"))
                        .contains(
                                List.of("registered", "arm", arm.instanceId(), "1.0.0"),
                                List.of("registered", "leg", leg.instanceId(), "1.2.3"));
            }
        }
    }
}

package io.vyra.modulemanager.ros2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ros2 node}, {@code param} and {@code action} do over rmw_cyclonedds, done to the manager by a program on Cyclone DDS. */
class CommandLineTest {
    /** Of action_msgs/msg/GoalStatus. */
    private static final String EXECUTING = "2";

    private static final String SUCCEEDED = "4";
    private static final String CANCELED = "5";
    private static final String ABORTED = "6";

    @TempDir
    private Path folder;

    private Robot robot;
    private String namespace;
    private String node;
    private ForeignProgram user;

    @BeforeEach
    void begin() throws Exception {
        int domain = Domains.free();
        robot = new Robot(folder, Settings.local(domain, Map.of("mm.ros2.role", "developer")));
        namespace = "/" + robot.manager().self();
        node = namespace + "/modulemanager";
        user = ForeignProgram.user(ForeignProgram.Implementation.CYCLONE_DDS, domain, namespace);
    }

    @AfterEach
    void end() {
        user.close();
        robot.close();
    }

    @Test
    void shouldListTheManagersNode() {
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(user.tell("nodes")).contains(List.of("node", node)));
    }

    @Test
    void shouldTellWhatTheNodeHas() {
        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            List<List<String>> told = user.tell("info", node);
            assertThat(told)
                    .contains(
                            service("/list_modules", "vyra_modulemanager_interfaces/srv/ListModules"),
                            service("/set_module_state", "vyra_modulemanager_interfaces/srv/SetModuleState"),
                            service("/modulemanager/get_parameters", "rcl_interfaces/srv/GetParameters"),
                            service(
                                    "/install_module/_action/send_goal",
                                    "vyra_modulemanager_interfaces/action/InstallModule_SendGoal"),
                            service("/install_module/_action/cancel_goal", "action_msgs/srv/CancelGoal"),
                            List.of(
                                    "topic",
                                    "/rosout",
                                    "rcl_interfaces/msg/Log",
                                    "RIHS01_e28ce254ca8abc06abf92773b74602cdbf116ed34fbaf294fb9f81da9f318eac"))
                    .anySatisfy(topic -> assertThat(topic)
                            .startsWith(
                                    "topic",
                                    namespace + "/module_states",
                                    "vyra_modulemanager_interfaces/msg/ModuleStates"));
        });
    }

    private List<String> service(String name, String type) {
        return List.of("service", namespace + name, type);
    }

    @Test
    void shouldShowItsParametersAndKeepThem() {
        assertThat(user.tell("parameters", node))
                .contains(List.of("parameter", "version", "string", "1.2.3", "see docs/configuration.md", "True"));
        assertThat(user.tell("get", node, "version")).contains(List.of("value", "version", "string", "1.2.3"));
        assertThat(user.tell("get", node, "colour")).contains(List.of("value", "colour", "not_set", "None"));

        List<List<String>> refusals = user.tell("change", node, "version", "2.0.0");

        assertThat(refusals)
                .filteredOn(said -> said.getFirst().equals("change"))
                .hasSize(2)
                .containsOnly(List.of("change", "version", "False", "The parameter version is read-only"));
        assertThat(user.tell("get", node, "version")).contains(List.of("value", "version", "string", "1.2.3"));
    }

    /** A reply that came before its reader was known would be lost. */
    @Test
    void shouldAnswerEveryClientOfAProgram() {
        assertThat(user.tell("clients", "20")).contains(List.of("answered", "20"));
    }

    @Test
    void shouldInstallAndTellHowFarItIs() throws Exception {
        robot.core.offer(Robot.sleeper("lamp", "1.0.0"));

        assertThat(user.tell("install", "goal", "lamp")).contains(List.of("accepted", "goal", "True"));
        List<String> result = ended("goal");

        String module = result.getLast();
        assertThat(result).isEqualTo(List.of("goal", SUCCEEDED, "True", "", module));
        assertThat(robot.manager().module(module, Caller.MANAGER).name()).isEqualTo("lamp");
        user.awaitEvent("status", "goal", SUCCEEDED);
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(user.events("feedback"))
                        .last()
                        .satisfies(feedback -> assertThat(feedback).startsWith("goal", "100", "succeeded")));
        user.tell("cancel", "goal");
        // GOAL_TERMINATED of action_msgs/srv/CancelGoal.
        user.awaitEvent("canceling", "goal", "3", "0");
    }

    @Test
    void shouldSayWhyItDoesNotInstall() {
        assertThat(user.tell("install", "goal", "nowhere")).contains(List.of("accepted", "goal", "True"));

        List<String> result = ended("goal");
        assertThat(result).startsWith("goal", ABORTED, "False");
        assertThat(result.get(3)).as("a problem of the catalogue").endsWith("not-found");
    }

    @Test
    void shouldGiveUpAnInstallation() throws Exception {
        try (StallingRepository repository = new StallingRepository("never")) {
            repository.join(robot);
            user.tell("install", "goal", "never");
            awaitStep("goal", "download:never");

            user.tell("cancel", "stranger");
            user.awaitEvent("canceling", "stranger", "2", "0");
            user.tell("cancel", "goal");

            user.awaitEvent("canceling", "goal", "0", "1");
            assertThat(ended("goal")).startsWith("goal", CANCELED, "False");
            user.awaitEvent("status", "goal", CANCELED);
            assertThatThrownBy(() -> robot.manager().module("never", Caller.MANAGER))
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void shouldGiveUpAllGoals() throws Exception {
        try (StallingRepository repository = new StallingRepository("never", "ever")) {
            repository.join(robot);
            user.tell("install", "one", "never");
            user.tell("install", "other", "ever");
            awaitStep("one", "download:never");
            awaitStep("other", "download:ever");

            user.tell("cancel", "*");

            user.awaitEvent("canceling", "*", "0", "2");
            assertThat(ended("one")).startsWith("one", CANCELED);
            assertThat(ended("other")).startsWith("other", CANCELED);
        }
    }

    /** Its module is there, and is started; REST says no to that, too. */
    @Test
    void shouldSayThatAnInstallationCannotBeUndoneAnyMore() throws Exception {
        // Its probe would be waited for for ten minutes.
        robot.core.offer(Robot.sleeper("lamp", "1.0.0")
                .withProbe("{kind: heartbeat, max_age_seconds: 60}")
                .startingWithin(600));
        user.tell("install", "goal", "lamp");
        awaitStep("goal", "start:lamp");

        user.tell("cancel", "goal");
        user.tell("cancel", "*");

        // ERROR_REJECTED of action_msgs/srv/CancelGoal.
        user.awaitEvent("canceling", "goal", "1", "0");
        user.awaitEvent("canceling", "*", "1", "0");
        assertThat(user.events("status")).last().isEqualTo(List.of("goal", EXECUTING));
    }

    /** The operation of a goal is at that step. */
    private void awaitStep(String goal, String step) {
        await(step)
                .atMost(Robot.PATIENCE)
                .until(() -> user.events("feedback").stream()
                        .filter(feedback -> feedback.getFirst().equals(goal))
                        .anyMatch(feedback -> isAt(feedback.getLast(), step)));
    }

    private boolean isAt(String operation, String step) {
        return robot.manager().operation(operation, Caller.MANAGER).steps().stream()
                .anyMatch(it -> it.id().equals(step) && it.status() == Operation.StepStatus.RUNNING);
    }

    private List<String> ended(String goal) {
        return user.tell("result", goal).stream()
                .filter(said -> said.getFirst().equals("result"))
                .findFirst()
                .orElseThrow()
                .subList(1, 6);
    }
}

package io.vyra.modulemanager.ros2.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.bus.ModuleParameters;
import io.vyra.modulemanager.bus.ParameterChange;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosGraph;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.ForeignProgram;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules whose node is a program on Cyclone DDS, which is to the manager what one on rmw_cyclonedds is; the module's process sleeps. */
class ForeignNodesTest {
    private static final String PLAIN = "{kind: ros2, nodes: [/arm/driver]}";
    private static final String MANAGED = "{kind: ros2, lifecycle_nodes: [/arm/driver]}";

    @TempDir
    private Path folder;

    private Robot robot;
    private ForeignProgram driver;

    @BeforeEach
    void begin() throws Exception {
        int domain = Domains.free();
        robot = new Robot(folder, Settings.local(domain, Map.of()));
        driver = ForeignProgram.node(domain, "/arm", "driver");
    }

    @AfterEach
    void end() {
        robot.close();
        driver.close();
    }

    @Test
    void shouldWalkItThroughItsLifecycle() throws Exception {
        driver.tell("manage");

        ModuleId arm = robot.install("arm", MANAGED);

        assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
        assertThat(driver.events("transition")).containsExactly(List.of("1"), List.of("3"));
        assertThat(driver.tell("state")).contains(List.of("state", "3"));
        assertThat(robot.face.bridge().graph().nodes())
                .filteredOn(node -> node.name().equals("/arm/driver"))
                .extracting(RosGraph.Node::module)
                .containsExactly(Optional.of(arm.toString()));

        Operation stop =
                robot.ended(robot.manager().command(arm.toString(), Command.STOP, CommandContext.of(Caller.MANAGER)));

        assertThat(stop.status()).isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(driver.events("transition")).containsExactly(List.of("1"), List.of("3"), List.of("4"), List.of("2"));
        assertThat(driver.tell("state")).contains(List.of("state", "1"));
    }

    @Test
    void shouldProbeItByItsState() throws Exception {
        driver.tell("manage");
        ModuleId arm = robot.install("arm", MANAGED);

        driver.tell("become", "2");

        awaitCause(arm, "/arm/driver is inactive");
    }

    @Test
    void shouldSeeThatItLeaves() throws Exception {
        ModuleId arm = robot.install("arm", PLAIN);

        driver.close();

        awaitCause(arm, "not in the graph of ROS 2: /arm/driver");
    }

    private void awaitCause(ModuleId module, String cause) {
        await().atMost(Robot.PATIENCE)
                .until(() -> robot.manager().history(module.toString(), 100, Caller.MANAGER).stream()
                        .anyMatch(step -> step.cause().contains(cause)));
    }

    @Test
    void shouldTakeWhatItLogs() throws Exception {
        ModuleId arm = robot.install("arm", PLAIN);

        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            driver.tell("log", "40", "the motor is hot: 81 °C");
            assertThat(robot.assembly
                            .feed()
                            .history(Optional.of(arm.toString()), Optional.of(FeedEntry.Kind.LOG), 0, 10))
                    .first()
                    .satisfies(event -> assertThat(event.entry())
                            .isEqualTo(new FeedEntry(
                                    FeedEntry.Kind.LOG, arm.toString(), "the motor is hot: 81 °C", "ERROR")));
        });
    }

    @Test
    void shouldTakeItsHealthFromDiagnostics() throws Exception {
        ModuleId arm = robot.install("arm", PLAIN);

        awaitHealth(arm, "critical", "2", "driver: motor");
        // Somebody else's are none of its business.
        driver.tell("diagnose", "0", "gripper: motor");
        awaitHealth(arm, "warning", "3", "driver: motor");
        awaitHealth(arm, "healthy", "0", "driver: motor");
        awaitHealth(arm, "warning", "1", "/arm/driver: belt");
    }

    private void awaitHealth(ModuleId module, String health, String level, String name) {
        await().atMost(Robot.PATIENCE).until(() -> {
            driver.tell("diagnose", level, name);
            return robot.view(module).state().health().equals(health);
        });
    }

    @Test
    void shouldHaveItsParametersAsTheModules() throws Exception {
        driver.tell("declare", "speed", "3", "0.5");
        driver.tell("range", "speed", "0", "2");
        driver.tell("declare", "stops", "7", "[3, 5]");
        driver.tell("declare", "name", "4", "\"left\"");
        driver.tell("declare", "unset", "0", "null");
        ModuleId arm = robot.install("arm", PLAIN);
        ModuleParameters parameters = parameters();

        assertThat(parameters.all(arm).toString()).isEqualTo("{\"name\":\"left\",\"speed\":0.5,\"stops\":[3,5]}");
        assertThat(parameters.one(arm, "speed").toString())
                .isEqualTo("{\"value\":0.5,\"type\":\"double\",\"description\":\"what speed is\",\"read_only\":false,"
                        + "\"range\":{\"from\":0.0,\"to\":2.0}}");
        assertThatThrownBy(() -> parameters.one(arm, "colour"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));

        ParameterChange change = parameters.set(arm, object().put("speed", 2).put("name", "right"), "somebody");

        assertThat(driver.tell("parameter", "speed")).contains(List.of("parameter", "speed", "3", "2.0"));
        assertThat(driver.tell("parameter", "name")).contains(List.of("parameter", "name", "4", "\"right\""));

        parameters.restore(arm, change.id(), "somebody");

        assertThat(driver.tell("parameter", "speed")).contains(List.of("parameter", "speed", "3", "0.5"));
        assertThat(driver.tell("parameter", "name")).contains(List.of("parameter", "name", "4", "\"left\""));
    }

    @Test
    void shouldSayWhyItDoesNotTakeAParameter() throws Exception {
        driver.tell("declare", "speed", "3", "0.5");
        driver.tell("range", "speed", "0", "2");
        driver.tell("declare", "name", "4", "\"left\"");
        ModuleId arm = robot.install("arm", PLAIN);

        assertThatThrownBy(() ->
                        parameters().set(arm, object().put("name", "right").put("speed", 3), "somebody"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("doesn't comply with its range");

        assertThat(driver.tell("parameter", "name"))
                .as("all or nothing")
                .contains(List.of("parameter", "name", "4", "\"left\""));
        assertThatThrownBy(() -> parameters().set(arm, object().put("speed", "fast"), "somebody"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("of type double");
    }

    /** A list without elements does not show of what type it is, and a node takes none of another type than the parameter's. */
    @Test
    void shouldEmptyListsOfEveryType() throws Exception {
        Map<String, String> lists = Map.of("6", "[true]", "7", "[3, 5]", "8", "[0.5]", "9", "[\"left\"]");
        for (Map.Entry<String, String> list : lists.entrySet()) {
            driver.tell("declare", "list" + list.getKey(), list.getKey(), list.getValue());
        }
        ModuleId arm = robot.install("arm", PLAIN);
        ObjectNode values = object();
        lists.keySet().forEach(type -> values.set("list" + type, new ArrayNode(JsonNodeFactory.instance)));

        parameters().set(arm, values, "somebody");

        for (String type : lists.keySet()) {
            assertThat(driver.tell("parameter", "list" + type))
                    .contains(List.of("parameter", "list" + type, type, "[]"));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What REST has for the module's parameters. */
    private ModuleParameters parameters() {
        return new ModuleParameters(
                (module, function, arguments, timeout) -> robot.face
                        .bridge()
                        .askNodes(module, function, arguments, timeout)
                        .orElseThrow(),
                robot.assembly.parameterHistory(),
                Clock.systemUTC());
    }
}

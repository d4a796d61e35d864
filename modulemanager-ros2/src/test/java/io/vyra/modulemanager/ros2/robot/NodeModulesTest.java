package io.vyra.modulemanager.ros2.robot;

import static io.vyra.modulemanager.ros2.robot.ManagedNode.ACTIVATE;
import static io.vyra.modulemanager.ros2.robot.ManagedNode.CLEANUP;
import static io.vyra.modulemanager.ros2.robot.ManagedNode.CONFIGURE;
import static io.vyra.modulemanager.ros2.robot.ManagedNode.DEACTIVATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosGraph;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.ros2.graph.ParameterDescriptor;
import io.vyra.ros2.graph.ParameterServer;
import io.vyra.ros2.graph.Publisher;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that are nodes of ROS 2; the process sleeps, and the test is the node. */
class NodeModulesTest {
    private static final String PLAIN = "{kind: ros2, nodes: [/arm/driver]}";

    @TempDir
    private Path folder;

    private BridgeSettings settings;
    private Robot robot;

    @BeforeEach
    void begin() {
        settings = Settings.local(Domains.free(), Map.of());
        robot = new Robot(folder, settings);
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private Optional<String> owner(String node) {
        return robot.face.bridge().graph().nodes().stream()
                .filter(it -> it.name().equals(node))
                .findFirst()
                .flatMap(RosGraph.Node::module);
    }

    @Test
    void shouldRunAsLongAsItsNodesAreInTheGraph() throws Exception {
        RosNode driver = robot.join("/arm", "driver");
        robot.join("/", "stranger");
        ModuleId arm = robot.install("arm", PLAIN);

        assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
        assertThat(owner("/arm/driver")).contains(arm.toString());
        await().atMost(Robot.PATIENCE)
                .until(() -> robot.face.bridge().graph().nodes().stream()
                        .anyMatch(node -> node.name().equals("/stranger")));
        assertThat(owner("/stranger")).as("an orphan").isEmpty();

        driver.close();

        await().atMost(Robot.PATIENCE)
                .until(() -> robot.manager().history(arm.toString(), 100, Caller.MANAGER).stream()
                        .anyMatch(step -> step.cause().contains("not in the graph of ROS 2: /arm/driver")));
    }

    @Test
    void shouldTakeWhatItsNodesLog() throws Exception {
        RosNode driver = robot.join("/arm", "driver");
        ModuleId arm = robot.install("arm", PLAIN);

        awaitLog(arm, driver, "the motor is hot");
    }

    private void awaitLog(ModuleId module, RosNode node, String message) {
        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            node.log(RosNode.Severity.WARN, message);
            assertThat(robot.assembly
                            .feed()
                            .history(Optional.of(module.toString()), Optional.of(FeedEntry.Kind.LOG), 0, 10))
                    .first()
                    .satisfies(event -> assertThat(event.entry())
                            .isEqualTo(new FeedEntry(FeedEntry.Kind.LOG, module.toString(), message, "WARNING")));
        });
    }

    @Test
    void shouldTakeItsHealthFromDiagnostics() throws Exception {
        RosNode driver = robot.join("/arm", "driver");
        ModuleId arm = robot.install("arm", PLAIN);
        Publisher diagnostics = driver.createPublisher(
                "/diagnostics", TypeName.message("diagnostic_msgs", "DiagnosticArray"), Qos.DEFAULT);

        awaitHealth(arm, "critical", diagnostics, 2);
        awaitHealth(arm, "healthy", diagnostics, 0);
    }

    @Test
    void shouldForgetItsHealthWithItsProcess() throws Exception {
        RosNode driver = robot.join("/arm", "driver");
        ModuleId arm = robot.install("arm", PLAIN);
        Publisher diagnostics = driver.createPublisher(
                "/diagnostics", TypeName.message("diagnostic_msgs", "DiagnosticArray"), Qos.DEFAULT);
        awaitHealth(arm, "critical", diagnostics, 2);

        Operation restart = robot.ended(
                robot.manager().command(arm.toString(), Command.RESTART, CommandContext.of(Caller.MANAGER)));

        assertThat(restart.status()).isEqualTo(Operation.Status.SUCCEEDED);
        // Nobody takes the motor's error back: this life has no motor.
        awaitHealth(arm, "healthy", diagnostics, "driver: belt", 0);
    }

    /** One that is the first of both by its id, and one that is the second. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "f"})
    void shouldHaveTheNodesOfAModuleThatWasRemoved(String digit) throws Exception {
        RosNode driver = robot.join("/arm", "driver");
        Publisher diagnostics = driver.createPublisher(
                "/diagnostics", TypeName.message("diagnostic_msgs", "DiagnosticArray"), Qos.DEFAULT);
        ModuleId first = installAs("7");
        awaitHealth(first, "critical", diagnostics, 2);

        Operation removal =
                robot.ended(robot.manager().remove(first.toString(), false, CommandContext.of(Caller.MANAGER)));

        assertThat(removal.status()).isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(owner("/arm/driver")).as("an orphan").isEmpty();
        ModuleId second = installAs(digit);
        assertThat(owner("/arm/driver")).contains(second.toString());
        awaitHealth(second, "healthy", diagnostics, 0);
        awaitLog(second, driver, "the motor is cold");
    }

    private ModuleId installAs(String digit) throws Exception {
        return robot.core.install(Robot.sleeper("arm", "1.0.0").withProbe(PLAIN), Optional.of(digit.repeat(32)));
    }

    private void awaitHealth(ModuleId module, String health, Publisher diagnostics, int level) {
        awaitHealth(module, health, diagnostics, "driver: motor", level);
    }

    private void awaitHealth(ModuleId module, String health, Publisher diagnostics, String name, int level) {
        await().atMost(Robot.PATIENCE).until(() -> {
            diagnostics.publish(Map.of(
                    "status",
                    List.of(Map.of("level", level, "name", name), Map.of("level", 1, "name", "somebody else: motor"))));
            return robot.view(module).state().health().equals(health);
        });
    }

    @Test
    void shouldReadAndSetTheParametersOfItsNode() throws Exception {
        ParameterServer server = new ParameterServer(robot.join("/arm", "driver"), _ -> Optional.empty());
        server.declare(
                "speed",
                0.5,
                new ParameterDescriptor("of the belt", false, Optional.of(new ParameterDescriptor.Range(0, 2))));
        server.declare("names", List.of("left", "right"), ParameterDescriptor.NONE);
        ModuleId arm = robot.install("arm", PLAIN);

        ObjectNode all = ask(arm, "read_all_params", object());
        ObjectNode one = ask(arm, "get_parameter", object().put("key", "speed"));
        ObjectNode set = ask(arm, "set_parameter", object().put("key", "speed").put("value", 1.5));
        ObjectNode beyond = ask(
                arm, "set_parameter", object().put("key", "/arm/driver:speed").put("value", 3));
        ObjectNode wrong =
                ask(arm, "set_parameter", object().put("key", "speed").put("value", "fast"));

        assertThat(all.toString()).isEqualTo("{\"all_params_json\":{\"names\":[\"left\",\"right\"],\"speed\":0.5}}");
        assertThat(one.toString())
                .isEqualTo("{\"value\":0.5,\"type\":\"double\",\"description\":\"of the belt\",\"read_only\":false,"
                        + "\"range\":{\"from\":0.0,\"to\":2.0}}");
        assertThat(set.path("success").booleanValue()).isTrue();
        assertThat(server.get("speed")).contains(1.5);
        assertThat(beyond.path("success").booleanValue()).isFalse();
        assertThat(beyond.path("message").textValue()).contains("0.0 to 2.0");
        assertThat(wrong.path("message").textValue()).contains("of type double");
        assertThatThrownBy(() -> ask(arm, "get_parameter", object().put("key", "colour")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
        assertThat(robot.face.bridge().askNodes(arm, "get_state", object(), Robot.PATIENCE))
                .isEmpty();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode ask(ModuleId module, String function, ObjectNode arguments) {
        return robot.face
                .bridge()
                .askNodes(module, function, arguments, Robot.PATIENCE)
                .orElseThrow();
    }

    @Test
    void shouldWalkTheLifecyclesOfItsNodes() throws Exception {
        ManagedNode camera = new ManagedNode(robot.join("/eye", "camera"));
        ManagedNode tracker = new ManagedNode(robot.join("/eye", "tracker"));

        ModuleId eye = robot.install("eye", "{kind: ros2, lifecycle_nodes: [/eye/camera, /eye/tracker]}");

        assertThat(robot.view(eye).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
        assertThat(camera.asked).containsExactly(CONFIGURE, ACTIVATE);
        assertThat(tracker.asked).containsExactly(CONFIGURE, ACTIVATE);

        Operation stop =
                robot.ended(robot.manager().command(eye.toString(), Command.STOP, CommandContext.of(Caller.MANAGER)));

        assertThat(stop.status()).isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(camera.asked).containsExactly(CONFIGURE, ACTIVATE, DEACTIVATE, CLEANUP);
        assertThat(tracker.asked).containsExactly(CONFIGURE, ACTIVATE, DEACTIVATE, CLEANUP);
        camera.end.countDown();
        tracker.end.countDown();
    }

    @Test
    void shouldWalkAllNodesDownInReverseWhenTheManagerTakesItsModulesAlong() throws Exception {
        List<String> journal = new CopyOnWriteArrayList<>();
        for (String name : List.of("camera", "tracker")) {
            new ManagedNode(robot.join("/eye", name), journal);
        }
        new ManagedNode(robot.join("/hand", "gripper"), journal);
        ModuleId eye = robot.install("eye", "{kind: ros2, lifecycle_nodes: [/eye/camera, /eye/tracker]}");
        ModuleId hand = robot.core.install(Robot.sleeper("hand", "1.0.0")
                .withProbe("{kind: ros2, lifecycle_nodes: [/hand/gripper]}")
                .needing("eye"));
        List<Long> processes = Stream.of(eye, hand)
                .map(module -> robot.view(module).runtime().pid().orElseThrow())
                .toList();
        journal.clear();

        robot.core.stopModules();

        assertThat(journal)
                .containsExactly(
                        "/hand/gripper " + DEACTIVATE,
                        "/hand/gripper " + CLEANUP,
                        "/eye/tracker " + DEACTIVATE,
                        "/eye/tracker " + CLEANUP,
                        "/eye/camera " + DEACTIVATE,
                        "/eye/camera " + CLEANUP);
        assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(robot.view(hand).desiredState()).isEqualTo(DesiredState.RUNNING);
    }

    /** The nodes of a module in the order of its manifest, those of a module after those of the modules that it needs. */
    @Test
    void shouldWalkAllNodesUpInOrderWhenTheManagerComesBack() throws Exception {
        List<String> journal = new CopyOnWriteArrayList<>();
        for (String name : List.of("camera", "tracker")) {
            new ManagedNode(robot.join("/eye", name), journal);
        }
        new ManagedNode(robot.join("/hand", "gripper"), journal);
        robot.install("eye", "{kind: ros2, lifecycle_nodes: [/eye/tracker, /eye/camera]}");
        ModuleId hand = robot.core.install(Robot.sleeper("hand", "1.0.0")
                .withProbe("{kind: ros2, lifecycle_nodes: [/hand/gripper]}")
                .needing("eye"));
        List<String> up = List.of(
                "/eye/tracker " + CONFIGURE,
                "/eye/tracker " + ACTIVATE,
                "/eye/camera " + CONFIGURE,
                "/eye/camera " + ACTIVATE,
                "/hand/gripper " + CONFIGURE,
                "/hand/gripper " + ACTIVATE);
        assertThat(journal).isEqualTo(up);

        robot.closeManager();
        journal.clear();
        try (Robot again = new Robot(folder, settings)) {
            await().atMost(Robot.PATIENCE).until(() -> again.view(hand).state().phase() == ModuleView.Phase.RUNNING);

            assertThat(journal).isEqualTo(up);
        }
    }

    @Test
    void shouldWalkItsNodesDownAndUpForAnUpdate() throws Exception {
        List<String> journal = new CopyOnWriteArrayList<>();
        ManagedNode driver = new ManagedNode(robot.join("/arm", "driver"), journal);
        String probe = "{kind: ros2, lifecycle_nodes: [/arm/driver]}";
        ModuleId arm = robot.install("arm", probe);
        long before = robot.view(arm).runtime().pid().orElseThrow();
        journal.clear();
        robot.core.offer(Robot.sleeper("arm", "1.1.0").withProbe(probe));

        Operation update = update(arm, "1.1.0");

        assertThat(update.status()).as(update.toString()).isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(journal)
                .containsExactly(
                        "/arm/driver " + DEACTIVATE,
                        "/arm/driver " + CLEANUP,
                        "/arm/driver " + CONFIGURE,
                        "/arm/driver " + ACTIVATE);
        assertThat(driver.state()).isEqualTo(ManagedNode.ACTIVE);
        assertThat(robot.view(arm).version()).contains("1.1.0");
        assertThat(robot.view(arm).runtime().pid().orElseThrow()).isNotEqualTo(before);
        assertThat(ProcessHandle.of(before)).isEmpty();
    }

    private Operation update(ModuleId module, String version) throws Exception {
        return robot.ended(robot.manager()
                .change(
                        module.toString(),
                        new ModuleManager.ModuleChange(
                                Optional.empty(),
                                Optional.of(version),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        robot.view(module).etag(),
                        CommandContext.of(Caller.MANAGER)));
    }

    /** Its nodes are another's, or nobody's, and are not taken down with it. */
    @ParameterizedTest
    @ValueSource(strings = {"{kind: process}", "{kind: exec, command: [/bin/true]}"})
    void shouldHaveNoNodesOnceItsProbeIsAnother(String probe) throws Exception {
        List<String> journal = new CopyOnWriteArrayList<>();
        ManagedNode driver = new ManagedNode(robot.join("/arm", "driver"), journal);
        ModuleId arm = robot.install("arm", "{kind: ros2, lifecycle_nodes: [/arm/driver]}");
        assertThat(owner("/arm/driver")).contains(arm.toString());
        robot.core.offer(Robot.sleeper("arm", "1.1.0").withProbe(probe));
        assertThat(update(arm, "1.1.0").status()).isEqualTo(Operation.Status.SUCCEEDED);
        driver.activate();
        journal.clear();

        robot.ended(robot.manager().command(arm.toString(), Command.STOP, CommandContext.of(Caller.MANAGER)));

        assertThat(owner("/arm/driver")).as("an orphan").isEmpty();
        assertThat(journal).isEmpty();
    }
}

package io.vyra.modulemanager.ros2.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.ros2.Asker;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.modulemanager.ros2.port.LogLevel;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager as others in the graph see it and use it. */
class ManagerNodeTest {
    @TempDir
    private Path folder;

    private Robot robot;
    private Asker asker;

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(folder, Settings.local(Domains.free(), Map.of("mm.ros2.role", "developer")));
        asker = new Asker(robot.join("/", "user"), robot.manager().self());
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private static List<String> ids(Object modules) {
        return ((List<?>) modules)
                .stream().map(module -> (String) ((Map<?, ?>) module).get("id")).toList();
    }

    @Test
    void shouldSayOfModulesOfEarlierReleasesWhetherTheyAreRegistered() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        ModuleId hidden = robot.core.install(Robot.sleeper("hidden", "2.1.0").permitting("{visible: false}"));

        assertThat(register("arm", arm.instanceId()))
                .containsEntry("status", 0L)
                .containsEntry("error_message", "");
        assertThat(register("hidden", hidden.instanceId()))
                .as("it must know, or it would not start")
                .containsEntry("status", 0L);
        assertThat(register("arm", hidden.instanceId())).containsEntry("status", 4L);
        assertThat((String) register("leg", arm.instanceId()).get("error_message"))
                .contains("leg_" + arm.instanceId(), "not installed", "InstallModule");
        assertThat(register("Arm!", arm.instanceId())).containsEntry("status", 2L);
        assertThat(register("", arm.instanceId())).containsEntry("status", 2L);
    }

    private Map<String, Object> register(String name, String instanceId) throws Exception {
        Map<String, Object> request = Map.of(
                "module_name", name, "module_id", Map.of("uuid", HexFormat.of().parseHex(instanceId)));
        return asker.call("register_module", "RegisterModule", request);
    }

    @Test
    void shouldTellModulesOfEarlierReleasesWhatIsInstalled() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        robot.core.install(Robot.sleeper("hidden", "2.1.0").permitting("{visible: false}"));
        ModuleId leg = robot.core.install(Robot.sleeper("leg", "1.2.3"));

        Map<String, Object> registered = asker.call("get_registered_modules", "GetRegisteredModules", Map.of());

        assertThat(registered)
                .containsEntry("module_names", List.of("arm", "leg"))
                .containsEntry("versions", List.of("1.0.0", "1.2.3"));
        assertThat((List<?>) registered.get("module_ids"))
                .extracting(id -> HexFormat.of().formatHex((byte[]) ((Map<?, ?>) id).get("uuid")))
                .containsExactly(arm.instanceId(), leg.instanceId());
    }

    @Test
    void shouldServeItsParameters() throws Exception {
        Map<String, Object> answer = asker.call(
                "modulemanager/get_parameters",
                TypeName.parse("rcl_interfaces/srv/GetParameters"),
                Map.of("names", List.of("version")));

        assertThat((List<?>) answer.get("values"))
                .singleElement()
                .extracting("string_value")
                .isEqualTo("1.2.3");
    }

    @Test
    void shouldGiveLatecomersTheStatesOfAllModules() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();

        asker.node.createSubscription(
                asker.name("module_states"),
                InterfacePackage.type(TypeName.Kind.MSG, "ModuleStates"),
                Qos.DEFAULT.transientLocal().withDepth(1),
                message -> received.add(message.value()));

        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(received).last().satisfies(states -> {
                    assertThat(ids(states.get("modules"))).containsExactly(arm.toString());
                    assertThat((List<?>) states.get("modules"))
                            .singleElement()
                            .extracting("phase")
                            .isEqualTo("running");
                }));
    }

    /** What is told from now on. */
    private List<Map<String, Object>> events() throws Exception {
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        var events = asker.node.createSubscription(
                asker.name("module_events"),
                InterfacePackage.type(TypeName.Kind.MSG, "ModuleEvent"),
                Qos.DEFAULT.withDepth(1_000),
                message -> received.add(message.value()));
        await().atMost(Robot.PATIENCE).until(() -> events.publishers() == 1);
        await("that the manager knows of the subscription")
                .atMost(Robot.PATIENCE)
                .until(() -> {
                    robot.assembly
                            .feed()
                            .entry(new FeedEntry(
                                    FeedEntry.Kind.NEWS, robot.manager().self().toString(), "somebody listens", ""));
                    return !received.isEmpty();
                });
        return received;
    }

    private void remove(ModuleId module) {
        Operation removal =
                robot.ended(robot.manager().remove(module.toString(), false, CommandContext.of(Caller.MANAGER)));
        assertThat(removal.status()).isEqualTo(Operation.Status.SUCCEEDED);
    }

    private static void awaitEvent(List<Map<String, Object>> received, String kind, ModuleId module, String message) {
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(received)
                        .anySatisfy(event -> assertThat(event)
                                .containsEntry("kind", kind)
                                .containsEntry("module_id", module.toString())
                                .containsEntry("message", message)));
    }

    @Test
    void shouldTellWhatModulesSayAndThatTheyAreRemoved() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        List<Map<String, Object>> received = events();

        for (FeedEntry.Kind kind : FeedEntry.Kind.values()) {
            robot.assembly.feed().entry(new FeedEntry(kind, arm.toString(), "said of " + kind.wire(), "WARNING"));
        }
        remove(arm);

        awaitEvent(received, "removed", arm, "");
        for (String kind : List.of("news", "error", "state", "log")) {
            awaitEvent(received, kind, arm, "said of " + kind);
        }
    }

    @Test
    void shouldTellNothingOfModulesThatOnlyAdministratorsMaySee() throws Exception {
        ModuleId hidden = robot.core.install(Robot.sleeper("hidden", "2.1.0").permitting("{visible: false}"));
        List<Map<String, Object>> states = new CopyOnWriteArrayList<>();
        asker.node.createSubscription(
                asker.name("module_states"),
                InterfacePackage.type(TypeName.Kind.MSG, "ModuleStates"),
                Qos.DEFAULT.transientLocal().withDepth(1),
                message -> states.add(message.value()));
        List<Map<String, Object>> received = events();

        robot.assembly.feed().entry(new FeedEntry(FeedEntry.Kind.NEWS, hidden.toString(), "psst", ""));
        robot.ended(robot.manager().command(hidden.toString(), Command.STOP, CommandContext.of(Caller.MANAGER)));
        remove(hidden);
        ModuleId arm = robot.installSleeper("arm");

        // What was told before is there before it.
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(received)
                        .anySatisfy(event -> assertThat(event)
                                .containsEntry("module_id", arm.toString())
                                .containsEntry("kind", "operation")
                                .containsEntry("detail", "succeeded")));
        assertThat(received).extracting("module_id").doesNotContain(hidden.toString());
        await().atMost(Robot.PATIENCE)
                .until(() -> !states.isEmpty()
                        && ids(states.getLast().get("modules")).contains(arm.toString()));
        assertThat(states)
                .allSatisfy(state -> assertThat(ids(state.get("modules"))).doesNotContain(hidden.toString()));
    }

    @Test
    void shouldWriteItsOwnNewsAndErrorsToTheRobotsLog() throws Exception {
        String self = robot.manager().self().toString();
        List<Map<String, Object>> received = events();
        List<Map<String, Object>> log = new CopyOnWriteArrayList<>();
        asker.node.createSubscription(
                "/rosout",
                TypeName.message("rcl_interfaces", "Log"),
                Qos.DEFAULT.withDepth(1_000),
                message -> log.add(message.value()));

        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            robot.assembly.feed().entry(new FeedEntry(FeedEntry.Kind.NEWS, self, "a disk was added", ""));
            robot.assembly.feed().entry(new FeedEntry(FeedEntry.Kind.ERROR, self, "a disk is full", ""));
            assertThat(log)
                    .anySatisfy(entry -> assertThat(entry)
                            .containsEntry("msg", "a disk was added")
                            .containsEntry("level", (long) LogLevel.INFO.number()))
                    .anySatisfy(entry -> assertThat(entry)
                            .containsEntry("msg", "a disk is full")
                            .containsEntry("level", (long) LogLevel.ERROR.number()));
        });
        awaitEvent(received, "news", robot.manager().self(), "a disk was added");
        awaitEvent(received, "error", robot.manager().self(), "a disk is full");
    }

    @Test
    void shouldTellWhatHappens() throws Exception {
        List<Map<String, Object>> received = events();

        ModuleId arm = robot.installSleeper("arm");

        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(received)
                        .anySatisfy(event -> assertThat(event)
                                .containsEntry("kind", "module")
                                .containsEntry("module_id", arm.toString())
                                .containsEntry("detail", "running"))
                        .anySatisfy(event -> assertThat(event)
                                .containsEntry("kind", "operation")
                                .containsEntry("message", "install")
                                .containsEntry("detail", "succeeded")
                                .containsEntry("percent", 100L)));
    }
}

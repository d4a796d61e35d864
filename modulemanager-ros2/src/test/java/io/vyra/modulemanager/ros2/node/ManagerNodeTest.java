package io.vyra.modulemanager.ros2.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Asker;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
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

    @Test
    void shouldTellWhatHappens() throws Exception {
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        var events = asker.node.createSubscription(
                asker.name("module_events"),
                InterfacePackage.type(TypeName.Kind.MSG, "ModuleEvent"),
                Qos.DEFAULT.withDepth(1_000),
                message -> received.add(message.value()));
        await().atMost(Robot.PATIENCE).until(() -> events.publishers() == 1);

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

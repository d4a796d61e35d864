package io.vyra.modulemanager.ros2.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Asker;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.ros2.graph.ActionClient;
import io.vyra.ros2.graph.GoalStatus;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void shouldListAndTellModules() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        robot.installSleeper("leg");

        Map<String, Object> all = asker.call("list_modules", "ListModules", Map.of());
        Map<String, Object> stopped = asker.call("list_modules", "ListModules", Map.of("phase", "stopped"));
        Map<String, Object> one = asker.call("get_module", "GetModule", Map.of("id", "arm"));

        assertThat(all).containsEntry("success", true);
        assertThat(ids(all.get("modules"))).hasSize(2).first().isEqualTo(arm.toString());
        assertThat(stopped.get("modules")).isEqualTo(List.of());
        assertThat((Map<?, ?>) one.get("module"))
                .extracting("id", "version", "phase", "desired_state", "alias")
                .containsExactly(arm.toString(), "1.0.0", "running", "running", "");
    }

    private static List<String> ids(Object modules) {
        return ((List<?>) modules)
                .stream().map(module -> (String) ((Map<?, ?>) module).get("id")).toList();
    }

    @Test
    void shouldTellProblemsOfTheCatalogue() throws Exception {
        Map<String, Object> unknown = asker.call("get_module", "GetModule", Map.of("id", "nobody"));
        Map<String, Object> missing = asker.call("explain_module", "ExplainModule", Map.of());
        Map<String, Object> wrong =
                asker.call("set_module_state", "SetModuleState", Map.of("id", "nobody", "command", "explode"));

        assertThat(unknown).containsEntry("success", false);
        assertThat((Map<?, ?>) unknown.get("problem"))
                .extracting("code", "status")
                .containsExactly("module-not-found", 404L);
        assertThat(Asker.problem(missing)).isEqualTo("invalid-request");
        assertThat((List<?>) ((Map<?, ?>) wrong.get("problem")).get("errors"))
                .singleElement()
                .extracting("pointer")
                .isEqualTo("/command");
    }

    @Test
    void shouldStopAModuleAndExplainIt() throws Exception {
        ModuleId arm = robot.installSleeper("arm");

        Map<String, Object> answer =
                asker.call("set_module_state", "SetModuleState", Map.of("id", arm.toString(), "command", "stop"));

        assertThat((String) answer.get("operation_id")).hasSize(32);
        await().atMost(Robot.PATIENCE)
                .until(() -> robot.view(arm).state().phase().wire().equals("stopped"));
        Map<String, Object> why = asker.call("explain_module", "ExplainModule", Map.of("id", arm.toString()));
        assertThat(why).containsEntry("phase", "stopped").containsEntry("module_id", arm.toString());
        assertThat((List<?>) why.get("last_transitions")).isNotEmpty();
    }

    @Test
    void shouldAnswerModulesOfEarlierReleases() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        byte[] uuid = HexFormat.of().parseHex(robot.view(arm).instanceId());

        Map<String, Object> known = asker.call(
                "register_module", "RegisterModule", Map.of("module_name", "arm", "module_id", Map.of("uuid", uuid)));
        Map<String, Object> unknown = asker.call(
                "register_module",
                "RegisterModule",
                Map.of("module_name", "arm", "module_id", Map.of("uuid", new byte[16])));
        Map<String, Object> registered = asker.call("get_registered_modules", "GetRegisteredModules", Map.of());

        assertThat(known).containsEntry("status", 0L).containsEntry("error_message", "");
        assertThat(unknown).containsEntry("status", 4L);
        assertThat((String) unknown.get("error_message")).contains("not installed");
        assertThat(registered).containsEntry("module_names", List.of("arm"));
        assertThat(registered).containsEntry("versions", List.of("1.0.0"));
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

    @Test
    void shouldInstallUpdateAndRemoveByActions() throws Exception {
        offer("arm", "1.0.0", "1.1.0");

        Asker.Reached installed =
                asker.reach("install_module", "InstallModule", Map.of("name", "arm", "version", "1.0.0", "start", 1));
        String id = (String) installed.outcome().result().get("module_id");
        Asker.Reached updated = asker.reach("update_module", "UpdateModule", Map.of("id", id, "version", "^1.1"));
        String version = robot.view(ModuleId.parse(id).orElseThrow()).version().orElseThrow();
        Asker.Reached removed = asker.reach("remove_module", "RemoveModule", Map.of("id", id));

        assertThat(installed.outcome().status()).isEqualTo(GoalStatus.SUCCEEDED);
        assertThat(installed.outcome().result()).containsEntry("success", true).containsEntry("status", "succeeded");
        assertThat(updated.outcome().status()).isEqualTo(GoalStatus.SUCCEEDED);
        assertThat(version).isEqualTo("1.1.0");
        assertThat(removed.outcome().status()).isEqualTo(GoalStatus.SUCCEEDED);
        assertThat(robot.manager().modules(Caller.MANAGER)).isEmpty();
    }

    @Test
    void shouldTellHowFarAnInstallationIs() throws Exception {
        offer("arm", "1.0.0");
        List<Map<String, Object>> feedback = new CopyOnWriteArrayList<>();

        try (ActionClient client = asker.client("install_module", "InstallModule")) {
            await().atMost(Robot.PATIENCE).until(() -> client.servers() == 1);
            client.send(Map.of("name", "arm", "start", 1), feedback::add, Robot.PATIENCE)
                    .orElseThrow()
                    .await(Robot.PATIENCE);

            // It comes by another way than the result, and may come after it.
            await().atMost(Robot.PATIENCE)
                    .untilAsserted(() -> assertThat(feedback)
                            .last()
                            .satisfies(last -> assertThat(last)
                                    .containsEntry("percent", 100L)
                                    .containsEntry("status", "succeeded")));
        }
        assertThat((List<?>) feedback.getLast().get("steps"))
                .isNotEmpty()
                .allSatisfy(step ->
                        assertThat((Map<?, ?>) step).extracting("percent").isEqualTo(100L));
    }

    /** A repository that has these versions. */
    private void offer(String name, String... versions) throws Exception {
        Path data = Files.createDirectories(folder.resolve("repository"));
        StringBuilder entries = new StringBuilder();
        for (String version : versions) {
            Path file = Files.move(robot.packageOf(name, version), data.resolve(name + "-" + version + ".tar.gz"));
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"name\":\"%s\",\"version\":\"%s\",\"filename\":\"%s\",\"size\":%d}"
                            .formatted(name, version, file.getFileName(), Files.size(file)));
        }
        Files.writeString(data.resolve("index.json"), "{\"modules\":[" + entries + "]}");
        robot.assembly
                .repositories()
                .add(new Repository(
                        "local", "local", data.toUri().toString(), 1, true, "", Optional.empty(), Optional.empty()));
        robot.assembly.refresher().refresh("local");
    }

    @Test
    void shouldAbortAGoalWithTheProblem() throws Exception {
        Asker.Reached unknown = asker.reach("install_module", "InstallModule", Map.of("name", "nowhere"));
        Asker.Reached missing = asker.reach("update_module", "UpdateModule", Map.of("id", "nobody", "version", "1"));

        assertThat(unknown.outcome().status()).isEqualTo(GoalStatus.ABORTED);
        assertThat(unknown.problem()).isEqualTo("package-not-found");
        assertThat(missing.outcome().status()).isEqualTo(GoalStatus.ABORTED);
        assertThat(missing.problem()).isEqualTo("module-not-found");
    }
}

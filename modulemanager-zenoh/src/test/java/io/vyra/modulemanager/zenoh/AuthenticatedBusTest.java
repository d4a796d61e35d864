package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.link.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who connects proves who they are: modules by their token's password, people by the file of users. */
class AuthenticatedBusTest {
    @TempDir
    private Path folder;

    private Robot robot;
    private Endpoint endpoint;

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(folder, Settings.authenticated(folder, "olga:operator:o\nvera:viewer:v\n"));
        endpoint = Endpoint.parse(robot.face.status().snapshot().endpoints().getFirst());
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private PythonModule as(String user, String password) throws Exception {
        ModuleId nobody = new ModuleId("visitor", "8".repeat(32));
        return PythonModule.connectedTo(
                endpoint,
                nobody,
                "transport/auth/usrpwd/user=\"" + user + "\"",
                "transport/auth/usrpwd/password=\"" + password + "\"");
    }

    private List<String> ask(PythonModule peer, String path, String payload) {
        return peer.tell("ask", robot.manager().self() + "/api/" + path, payload).stream()
                .filter(event -> event.getFirst().equals("reply"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldLetAnOperatorStopAModuleAndAViewerNot() throws Exception {
        ModuleId arm = robot.installSleeper("arm");
        try (PythonModule viewer = as("vera", "v");
                PythonModule operator = as("olga", "o")) {
            assertThat(ask(viewer, "modules/" + arm + "/stop", "{}").get(3)).contains("forbidden", "operator");
            assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
            assertThat(ask(operator, "modules/" + arm + "/remove", "{}").get(3)).contains("forbidden", "developer");

            List<String> first = ask(operator, "modules/" + arm + "/stop", "{\"idempotency_key\":\"k1\"}");
            List<String> again = ask(operator, "modules/" + arm + "/stop", "{\"idempotency_key\":\"k1\"}");

            assertThat(first.get(1)).isEqualTo("ok");
            assertThat(id(again)).isEqualTo(id(first));
            await().atMost(Robot.PATIENCE).until(() -> robot.view(arm).state().phase() == ModuleView.Phase.STOPPED);
            assertThat(ask(viewer, "operations/" + id(first), "{}").get(3)).contains("\"created_by\":\"olga\"");
        }
    }

    private static String id(List<String> reply) {
        return reply.get(3).replaceFirst(".*?\"id\":\"([0-9a-f]{32})\".*", "$1");
    }

    @Test
    void shouldKnowAModuleByItsTokenAndBeAbleToTalkToIt() throws Exception {
        // The module the manager starts connects by itself, with what the manager gave it; its probe tells that it did.
        ModuleId arm = robot.install(
                "arm",
                """
                exec '%s' '%s' %s "$MODULE_ID" "transport/auth/usrpwd/user=\\"$MODULE_ID\\"" "transport/auth/usrpwd/password=\\"$MM_BUS_PASSWORD\\""
                """.formatted(PythonModule.PYTHON, PythonModule.SCRIPT, endpoint),
                "{kind: zenoh, queryable: get_state}",
                false);

        await().atMost(Robot.PATIENCE).until(() -> robot.view(arm).state().phase() == ModuleView.Phase.RUNNING);
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(robot.face.status().snapshot().faces())
                        .anySatisfy(face -> {
                            assertThat(face.user()).contains(arm.toString());
                            assertThat(face.module()).contains(arm);
                        }));
        assertThat(robot.view(arm).state().lifecycle()).contains("Active");
    }
}

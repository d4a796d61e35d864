package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docker/compose.gateway.yaml as a person would start it, with each Compose of the machine, in a network of the test's own: a real Traefik,
 * the manager's image, and a module in a container of its own.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1800)
class GatewayComposeIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Path TRAEFIK = CHECKOUT.resolve("modulemanager-container/target/traefik/traefik");
    private static final String MANAGER = "vyra/modulemanager:compose";
    private static final Duration SOON = Duration.ofMinutes(3);

    private IsolatedEngine isolated;
    private ContainerEngine engine;

    @BeforeAll
    void startEngine() throws Exception {
        isolated = IsolatedEngine.start(CHECKOUT);
        engine = isolated.engine();
        isolated.image(MANAGER);
        gatewayImage();
    }

    static List<Compose> composes() throws Exception {
        return Compose.ofThisMachine(CHECKOUT);
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (isolated != null) {
            isolated.close();
        }
    }

    /** The registry that has the gateway's image is not reached; its program alone is enough of one. */
    private void gatewayImage() throws Exception {
        Path folder = Files.createDirectory(engine.folder().resolve("gateway"));
        Files.copy(TRAEFIK, folder.resolve("traefik"));
        Files.writeString(
                folder.resolve("Dockerfile"), "FROM scratch\nCOPY traefik /traefik\nENTRYPOINT [\"/traefik\"]\n");
        engine.run("build", "-q", "-t", "gateway:test", folder.toString());
    }

    private Command run(Compose compose, String... words) throws Exception {
        Path socket = engine.folder().resolve("docker.sock");
        Map<String, String> environment = new HashMap<>();
        environment.put("TRAEFIK_IMAGE", "gateway:test");
        environment.put("VYRA_TAG", "compose");
        environment.put("VYRA_ADMIN_PASSWORD", "correct horse battery staple");
        environment.put("DOCKER_SOCKET", socket.toString());
        environment.put("DOCKER_GID", Files.getAttribute(socket, "unix:gid").toString());
        environment.put("DOCKER_ROOT", engine.folder().resolve("data").toString());
        return engine.command(
                CHECKOUT,
                environment,
                compose.command(CHECKOUT.resolve("docker/compose.gateway.yaml"), words)
                        .toArray(String[]::new));
    }

    private String ask(String path) throws Exception {
        return isolated.ask("https://127.0.0.1:8443" + path).successful();
    }

    @ParameterizedTest
    @MethodSource("composes")
    void shouldServeTheManagerAndTheSampleThroughTheGateway(Compose compose) throws Exception {
        try {
            serve(compose);
        } finally {
            run(compose, "down", "--volumes", "--timeout", "60");
        }
    }

    private void serve(Compose compose) throws Exception {
        run(compose, "config", "--quiet").successful();
        run(compose, "up", "--detach").successful();

        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                run(compose, "logs", "--no-color", "sample").output())
                        .contains("sample: hello is installed."));
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(ask("/hello/api/state")).isEqualTo("{\"state\":\"running\"}\n 200"));
        assertThat(ask("/hello/")).contains("Hello from a module").endsWith(" 200");
        assertThat(ask("/v2_modulemanager/")).contains("<html").endsWith(" 200");
        // Its own addresses are those of the gateway.
        assertThat(ask("/v2_modulemanager/api/v1/modules"))
                .contains("\"/v2_modulemanager/problems/unauthenticated\"")
                .endsWith(" 401");
        assertThat(engine.run("ps", "--filter=label=io.vyra.modulemanager.module", "--format={{.Names}}"))
                .startsWith("vyra-hello-");

        run(compose, "up", "--detach").successful();
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                run(compose, "logs", "--no-color", "sample").output())
                        .contains("sample: hello is installed already."));
    }
}

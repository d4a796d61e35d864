package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The compose files of both distributions as a person would start them, with each Compose of the machine. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1800)
class ComposeIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Map<String, String> SETTINGS = Map.of("VYRA_PORT", "18443");

    private IsolatedEngine isolated;

    @BeforeAll
    void startEngine() throws Exception {
        isolated = IsolatedEngine.start(CHECKOUT);
        isolated.image("vyra/modulemanager:latest");
        isolated.image("vyra/modulemanager:slim", "--slim");
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (isolated != null) {
            isolated.close();
        }
    }

    private Command run(Compose compose, String file, String... words) throws Exception {
        return isolated.engine()
                .command(
                        CHECKOUT,
                        SETTINGS,
                        compose.command(CHECKOUT.resolve("docker").resolve(file), words)
                                .toArray(String[]::new));
    }

    private static List<Arguments> files() throws Exception {
        List<Arguments> combinations = new ArrayList<>();
        for (Compose compose : Compose.ofThisMachine(CHECKOUT)) {
            combinations.add(Arguments.of(compose, "compose.yaml", "full", 512L << 20));
            combinations.add(Arguments.of(compose, "compose.slim.yaml", "slim", 256L << 20));
        }
        return combinations;
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldServeWithinItsLimitsAndKeepItsDataWhenItIsStartedAgain(
            Compose compose, String file, String mode, long memory) throws Exception {
        try {
            run(compose, file, "up", "--detach").successful();
            awaitHealthy(mode);
            String container = containerId(compose, file);
            assertThat(isolated.engine()
                            .run(
                                    "inspect",
                                    "--format={{.HostConfig.Memory}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"
                                            + " {{.HostConfig.SecurityOpt}} {{.Config.User}}",
                                    container))
                    .isEqualToIgnoringWhitespace(memory + " true [ALL] [no-new-privileges:true] 10001:10001");
            await("the engine's own health check")
                    .atMost(SOON)
                    .until(() -> isolated.engine()
                            .run("inspect", "--format={{.State.Health.Status}}", container)
                            .strip()
                            .equals("healthy"));
            String password = password(container);

            run(compose, file, "down", "--timeout", "60").successful();
            run(compose, file, "up", "--detach").successful();
            awaitHealthy(mode);

            assertThat(password(containerId(compose, file))).isNotBlank().isEqualTo(password);
        } finally {
            run(compose, file, "down", "--volumes", "--timeout", "60");
        }
    }

    private void awaitHealthy(String mode) {
        await(mode)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(
                                isolated.ask("https://127.0.0.1:18443/health").output())
                        .contains("\"mode\":\"" + mode + "\"")
                        .endsWith(" 200"));
    }

    private String containerId(Compose compose, String file) throws Exception {
        return run(compose, file, "ps", "--quiet", "modulemanager")
                .successful()
                .strip()
                .lines()
                .toList()
                .getLast();
    }

    private String password(String container) throws Exception {
        return isolated.engine().run("exec", container, "cat", "/var/lib/vyra/initial-admin-password");
    }
}

package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Path ZENOH = CHECKOUT.resolve("protocol-zenoh");
    private static final Pattern MANAGER = Pattern.compile("alive\t(v2_modulemanager_[^/]+)/alive");
    private static final String ROUTER = "tcp/127.0.0.1:17447";
    private static final Map<String, String> SETTINGS =
            Map.of("VYRA_PORT", "18443", "ZENOHD_IMAGE", "zenohd:test", "ZENOH_PORT", "17447");

    private IsolatedEngine isolated;

    @BeforeAll
    void startEngine() throws Exception {
        isolated = IsolatedEngine.start(CHECKOUT);
        isolated.image("vyra/modulemanager:latest");
        isolated.image("vyra/modulemanager:slim", "--slim");
        routerImage();
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (isolated != null) {
            isolated.close();
        }
    }

    /** The registry that has the router's image is not reached: its program, with the libraries that it is linked to here. */
    private void routerImage() throws Exception {
        Path folder = Files.createDirectory(isolated.engine().folder().resolve("router"));
        Command.run(
                        folder,
                        Map.of(),
                        SOON,
                        List.of(
                                "sh",
                                "-ec",
                                "cp \"$1\" zenohd; mkdir root; ldd zenohd | grep -o '/[^ ]*' | xargs cp -L --parents -t root",
                                "sh",
                                ZENOH.resolve("target/zenohd/bin/zenohd").toString()))
                .successful();
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY root zenohd /\nENTRYPOINT [\"/zenohd\"]\n");
        isolated.engine().run("build", "-q", "-t", "zenohd:test", folder.toString());
    }

    private Command run(Compose compose, String file, String... words) throws Exception {
        return run(SETTINGS, compose, file, words);
    }

    /** With the other router, as the head of the file says it. */
    private Command withRouter(Compose compose, String... words) throws Exception {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("ZENOH_CONNECT", "tcp/zenohd:7447");
        List<String> all = new ArrayList<>(List.of("--profile", "zenohd"));
        all.addAll(List.of(words));
        return run(settings, compose, "compose.slim.yaml", all.toArray(String[]::new));
    }

    private Command run(Map<String, String> settings, Compose compose, String file, String... words) throws Exception {
        return isolated.engine()
                .command(
                        CHECKOUT,
                        settings,
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

    private static List<Compose> composes() throws Exception {
        return Compose.ofThisMachine(CHECKOUT);
    }

    /** The device is a client of the other router. It finds the manager there, and its question and the answer cross both. */
    @ParameterizedTest
    @MethodSource("composes")
    void shouldAnswerADeviceOfTheOtherRouter(Compose compose) throws Exception {
        try {
            withRouter(compose, "up", "--detach").successful();
            await("the manager, seen from the other router")
                    .atMost(SOON)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(device("alive\t*/alive")).containsPattern(MANAGER));
            Matcher manager = MANAGER.matcher(device("alive\t*/alive"));
            assertThat(manager.find()).isTrue();

            assertThat(device("get\t" + manager.group(1) + "/get_state"))
                    .contains("reply\tPUT\t" + manager.group(1) + "/get_state\t");
        } finally {
            withRouter(compose, "down", "--volumes", "--timeout", "60");
        }
    }

    /** A session of the reference implementation that does this, as peer.py takes it, and ends. */
    private String device(String command) throws Exception {
        return isolated.inside(
                        "sh",
                        "-c",
                        "printf '%s\\n' \"$1\" | exec \"$2\" \"$3\" client 'connect/endpoints=[\"" + ROUTER + "\"]'",
                        "sh",
                        command,
                        ZENOH.resolve("target/python/bin/python").toString(),
                        ZENOH.resolve("src/test/python/peer.py").toString())
                .output();
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

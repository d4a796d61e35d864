package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Compose of this machine reads every file, without an engine; {@link ComposeIT} and {@link GatewayComposeIT} run them. */
@Tag("slow")
class ComposeFilesIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();

    static Stream<Arguments> filesOfEachCompose() throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.list(CHECKOUT.resolve("docker"))) {
            files = all.filter(file -> file.getFileName().toString().matches("compose.*\\.yaml"))
                    .sorted()
                    .toList();
        }
        List<Arguments> combinations = new ArrayList<>();
        for (Compose compose : Compose.ofThisMachine(CHECKOUT)) {
            files.forEach(file -> combinations.add(Arguments.of(compose, file)));
        }
        return combinations.stream();
    }

    static List<Compose> composes() throws IOException, InterruptedException {
        return Compose.ofThisMachine(CHECKOUT);
    }

    @ParameterizedTest
    @MethodSource("filesOfEachCompose")
    void shouldBeReadByEveryCompose(Compose compose, Path file) throws Exception {
        read(compose, file, "config", "--quiet");
    }

    /** Without its profile Compose 2 does not even read a service. */
    @ParameterizedTest
    @MethodSource("composes")
    void shouldBeReadWithTheRouterOfAProfile(Compose compose) throws Exception {
        Path file = CHECKOUT.resolve("docker/compose.slim.yaml");

        assertThat(read(compose, file, "--profile", "zenohd", "config"))
                .contains("image: eclipse/zenoh:")
                .containsPattern("published: \"?7447");
    }

    private static String read(Compose compose, Path file, String... words) throws Exception {
        Map<String, String> needed = Map.of("DOCKER_GID", "0", "VYRA_ADMIN_PASSWORD", "ten characters");
        return Command.run(CHECKOUT, needed, Duration.ofMinutes(1), compose.command(file, words))
                .successful();
    }
}

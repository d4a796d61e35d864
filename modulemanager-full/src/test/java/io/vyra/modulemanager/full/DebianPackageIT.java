package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian packages on a Debian with systemd: installed, upgraded and replaced below running modules, removed, purged. */
@Tag("slow")
class DebianPackageIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("checkout"));

    private static final Duration LIMIT = Duration.ofMinutes(20);

    @TempDir
    private Path folder;

    @Test
    void shouldGiveARunningServiceThatItsModulesOutlive() throws Exception {
        // What is tested was built already; SLIM, of the same sources, perhaps not.
        run(Map.of("MM_BUILD", "skip"), "mm", "deb", "--out", folder.toString());
        run(Map.of(), "mm", "deb", "--slim", "--out", folder.toString());

        String seen = run(
                Map.of(),
                "packaging/deb/check.sh",
                built("vyra-modulemanager_"),
                built("vyra-modulemanager-slim_"),
                "examples/target/demo-repository");

        assertThat(seen).endsWith("\nok");
    }

    private String built(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    private static String run(Map<String, String> settings, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = Stream.concat(Stream.of(CHECKOUT.resolve(program).toString()), Stream.of(arguments))
                .toList();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return Command.run(CHECKOUT, environment, LIMIT, words).successful();
    }
}

package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package on a Debian with systemd: installed, upgraded below running modules, removed, purged. */
@Tag("slow")
class DebianPackageIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("checkout"));

    private static final Duration LIMIT = Duration.ofMinutes(20);

    @TempDir
    private Path folder;

    @Test
    void shouldGiveARunningServiceThatItsModulesOutlive() throws Exception {
        run("mm", "deb", "--out", folder.toString());
        Path built;
        try (Stream<Path> files = Files.list(folder)) {
            built = files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow();
        }

        String seen = run("packaging/deb/check.sh", built.toString(), "examples/target/demo-repository");

        assertThat(seen).endsWith("\nok");
    }

    private static String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> words = Stream.concat(Stream.of(CHECKOUT.resolve(program).toString()), Stream.of(arguments))
                .toList();
        Map<String, String> environment = Map.of("MM_BUILD", "skip", "JAVA_HOME", System.getProperty("java.home"));
        return Command.run(CHECKOUT, environment, LIMIT, words).successful();
    }
}

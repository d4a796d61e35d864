package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The manager is killed with SIGKILL at every step boundary of every kind of operation, and started again.
 *
 * <p>The boundaries are those the operation really passes: the n-th run dies at the n-th one, until a run survives. What happened at
 * each is compared with {@code docs/crash-matrix.md}, which is written anew when the system property {@code crash-matrix.write} is set.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashMatrixTest {
    private static final int MOST_BOUNDARIES = 100;
    private static final Path DOCUMENT = Path.of("../docs/crash-matrix.md");

    private record Row(String boundary, String outcome) {}

    @ParameterizedTest
    @EnumSource(CrashScenario.class)
    void shouldBeWhollyOldOrWhollyNewAfterACrashAnywhere(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < MOST_BOUNDARIES; n++) {
            Path place = Files.createDirectory(folder.resolve(Integer.toString(n)));
            CrashScenario.offer(place);
            String said = runUntilBoundary(place, scenario, n);
            if (said.startsWith("survived")) {
                break;
            }
            rows.add(new Row(said.substring("boundary ".length()), recover(place, scenario, said)));
        }
        assertThat(rows).as("boundaries of %s", scenario).hasSizeGreaterThan(10);
        compareWithDocument(scenario, rows);
    }

    private static String runUntilBoundary(Path place, CrashScenario scenario, int n)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingManager.class.getName(),
                        place.toString(),
                        scenario.name(),
                        Integer.toString(n))
                .redirectError(place.resolve("manager.log").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = output.lines()
                .filter(line -> line.startsWith("boundary ") || line.startsWith("survived "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("manager said nothing: " + output + log(place)));
        assertThat(process.exitValue()).as(said + log(place)).isEqualTo(said.startsWith("survived") ? 0 : 137);
        return said;
    }

    private static String log(Path place) {
        try {
            return Files.readString(place.resolve("manager.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String recover(Path place, CrashScenario scenario, String said) throws IOException {
        RecoveryChecks checks = new RecoveryChecks(scenario, place, place.resolve("sources"), scenario + " " + said);
        RecoveryChecks.Outcome outcome;
        try (TestManager manager = new TestManager(place, StepBoundary.NONE)) {
            outcome = checks.check(manager);
            assertThat(outcome.operation()).as(scenario + " " + said).isPresent();
        }
        checks.checkDatabase();
        return outcome.toString();
    }

    private static void compareWithDocument(CrashScenario scenario, List<Row> rows) throws IOException {
        String heading =
                "## " + scenario.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        String table = rows.stream()
                .map(row -> "| `" + row.boundary().replace(" ", "` | `") + "` | " + row.outcome() + " |")
                .collect(Collectors.joining(
                        "\n", heading + "\n\n| step | killed at | after the restart |\n|---|---|---|\n", "\n"));
        if (Boolean.getBoolean("crash-matrix.write")) {
            Files.writeString(Path.of("target", "crash-matrix-" + scenario.name() + ".md"), table);
        } else {
            assertThat(Files.readString(DOCUMENT)).contains(table);
        }
    }
}

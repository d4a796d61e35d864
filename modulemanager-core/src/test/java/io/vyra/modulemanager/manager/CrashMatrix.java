package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The manager is killed with SIGKILL at boundaries of an operation, each in a run of its own, and started again: whatever modules run in.
 *
 * <p>What happened at each is compared with {@code docs/crash-matrix.md}; it is written into {@code target} instead when the system property
 * {@code crash-matrix.write} is set.
 */
public abstract class CrashMatrix {
    private static final int MOST_BOUNDARIES = 100;
    private static final int FEWEST_BOUNDARIES = 10;
    private static final Path DOCUMENT = Path.of("../docs/crash-matrix.md");

    private record Row(String boundary, String outcome) {}

    /** What the modules run in. */
    protected abstract SampleRuntime runtime();

    /** The class with a {@code main} that calls {@link CrashingManager#run}. */
    protected abstract Class<?> program();

    /** Arguments of the program behind those of {@link CrashingManager}. */
    protected List<String> arguments() {
        return List.of();
    }

    /** Behind the name of the scenario in the document's headings. */
    protected String place() {
        return "";
    }

    /** Every boundary between steps that the operation really passes: the n-th run dies at the n-th one, until a run survives. */
    protected final void crashEverywhere(CrashScenario scenario, Path folder) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < MOST_BOUNDARIES; n++) {
            Path place = Files.createDirectory(folder.resolve(Integer.toString(n)));
            String said = runUntil(place, scenario, Integer.toString(n));
            if (said.startsWith("survived")) {
                break;
            }
            rows.add(recovered(place, scenario, said));
        }
        assertThat(rows).as("boundaries of %s", scenario).hasSizeGreaterThan(FEWEST_BOUNDARIES);
        compareWithDocument(scenario, rows);
    }

    /** These boundaries, each of which the operation must pass. */
    protected final void crashAt(CrashScenario scenario, List<String> boundaries, Path folder)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (String boundary : boundaries) {
            Path place = Files.createDirectory(folder.resolve(Integer.toString(rows.size())));
            String said = runUntil(place, scenario, boundary);
            assertThat(said).as("%s is never passed by %s", boundary, scenario).isEqualTo("boundary " + boundary);
            rows.add(recovered(place, scenario, said));
        }
        compareWithDocument(scenario, rows);
    }

    private String runUntil(Path place, CrashScenario scenario, String boundary)
            throws IOException, InterruptedException {
        CrashScenario.offer(place, runtime());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program().getName(),
                place.toString(),
                scenario.name(),
                boundary));
        command.addAll(arguments());
        Process process = new ProcessBuilder(command)
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

    private Row recovered(Path place, CrashScenario scenario, String said) throws IOException {
        RecoveryChecks checks =
                new RecoveryChecks(scenario, runtime(), place, place.resolve("sources"), scenario + " " + said);
        RecoveryChecks.Outcome outcome;
        try (TestManager manager = new TestManager(place, runtime(), StepBoundary.NONE)) {
            outcome = checks.check(manager);
            assertThat(outcome.operation()).as(scenario + " " + said).isPresent();
        }
        checks.checkDatabase();
        runtime().tidyUp(place.resolve("data"));
        return new Row(said.substring("boundary ".length()), outcome.toString());
    }

    private void compareWithDocument(CrashScenario scenario, List<Row> rows) throws IOException {
        String heading = "## " + scenario.name().toLowerCase(Locale.ROOT).replace('_', ' ') + place();
        String table = rows.stream()
                .map(row -> "| `" + row.boundary().replace(" ", "` | `") + "` | " + row.outcome() + " |")
                .collect(Collectors.joining(
                        "\n", heading + "\n\n| step | killed at | after the restart |\n|---|---|---|\n", "\n"));
        if (Boolean.getBoolean("crash-matrix.write")) {
            Files.writeString(
                    Path.of(
                            "target",
                            "crash-matrix-" + scenario.name() + place().replaceAll("\\W+", "-")
                                    + getClass().getSimpleName() + ".md"),
                    table);
        } else {
            assertThat(Files.readString(DOCUMENT)).contains(table);
        }
    }
}

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The manager is killed with SIGKILL at boundaries of an operation, each in a run of its own, and started again: whatever modules run in.
 *
 * <p>What happened at each is compared with {@code docs/crash-matrix.md}; it is written into {@code target} instead when the system property
 * {@code crash-matrix.write} is set.
 */
public abstract class CrashMatrix {
    private static final int MOST_BOUNDARIES = 100;
    /** Of an operation of one step. */
    private static final int FEWEST_BOUNDARIES = 4;
    /** Most of a run is waiting. */
    private static final int AT_ONCE = 3;

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
        assertThat(rows).as("boundaries of %s", scenario).hasSizeGreaterThanOrEqualTo(FEWEST_BOUNDARIES);
        compareWithDocument(scenario, rows);
    }

    /**
     * Every boundary of any kind that the operation really passes and that counts; which these are is found out by a run without a crash.
     *
     * @param counts whether a boundary is to be fatal, by its name
     */
    protected final void crashWhere(CrashScenario scenario, Predicate<String> counts, Path folder)
            throws IOException, InterruptedException {
        Path offered = Files.createDirectory(folder.resolve("offered"));
        CrashScenario.offer(offered, runtime());
        List<String> boundaries = survey(linked(offered, folder.resolve("survey")), scenario).stream()
                .filter(counts)
                .toList();
        assertThat(boundaries).as("boundaries of %s", scenario).hasSizeGreaterThanOrEqualTo(FEWEST_BOUNDARIES);
        List<Future<Row>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (String boundary : boundaries) {
                Path place = folder.resolve(Integer.toString(runs.size()));
                runs.add(threads.submit(() -> crashAt(linked(offered, place), scenario, boundary)));
            }
        }
        List<Row> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Future<Row> run : runs) {
            try {
                rows.add(run.get());
            } catch (ExecutionException e) {
                failures.add(boundaries.get(runs.indexOf(run)) + ": " + e.getCause());
            }
        }
        assertThat(failures).as("%s%s", scenario, place()).isEmpty();
        compareWithDocument(scenario, rows);
    }

    private List<String> survey(Path place, CrashScenario scenario) throws IOException, InterruptedException {
        List<String> lines = lines(place, scenario, CrashingManager.NONE);
        assertThat(lines).as("%s%s", scenario, log(place)).contains("survived " + scenario.ending());
        runtime().tidyUp(place.resolve("data"));
        return lines.stream()
                .filter(line -> line.startsWith("passed "))
                .map(line -> line.substring("passed ".length()))
                .toList();
    }

    private Row crashAt(Path place, CrashScenario scenario, String boundary) throws IOException, InterruptedException {
        String said = ending(lines(place, scenario, boundary), place);
        assertThat(said).as("%s is not always passed by %s", boundary, scenario).isEqualTo("boundary " + boundary);
        return recovered(place, scenario, said);
    }

    /** What lies there lies here, too; nobody writes into any of it. */
    private static Path linked(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy);
                } else {
                    Files.createLink(copy, file);
                }
            }
        }
        return to;
    }

    private String runUntil(Path place, CrashScenario scenario, String boundary)
            throws IOException, InterruptedException {
        CrashScenario.offer(place, runtime());
        return ending(lines(place, scenario, boundary), place);
    }

    /** How the manager says that it ended. */
    private static String ending(List<String> lines, Path place) {
        return lines.stream()
                .filter(line -> line.startsWith("boundary ") || line.startsWith("survived "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("manager said nothing: " + lines + log(place)));
    }

    /** What the manager says until its end. */
    private List<String> lines(Path place, CrashScenario scenario, String boundary)
            throws IOException, InterruptedException {
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
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        boolean survived = lines.stream().anyMatch(line -> line.startsWith("survived"));
        assertThat(process.exitValue()).as(lines + log(place)).isEqualTo(survived ? 0 : 137);
        return lines;
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

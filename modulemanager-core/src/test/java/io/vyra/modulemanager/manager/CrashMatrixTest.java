package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The manager is killed with SIGKILL at every step boundary of every kind of operation, and started again.
 *
 * <p>The boundaries are those the operation really passes: the n-th run dies at the n-th one, until a run survives. What happened at
 * each is compared with {@code docs/crash-matrix.md}, which is written anew when the system property {@code crash-matrix.write} is set.
 */
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
        try (TestManager manager = new TestManager(place, StepBoundary.NONE)) {
            Operation operation = lastOperation(manager);
            Operation ended = manager.await(operation);
            Optional<ModuleView> module =
                    manager.modules().modules(TestManager.CALLER).stream().findFirst();
            String context = scenario + " " + said + " → " + ended;
            checkTruth(scenario, ended, module, context);
            module.ifPresent(it -> {
                if (it.desiredState() == DesiredState.RUNNING) {
                    manager.awaitPhase(it, Phase.RUNNING);
                }
            });
            checkDisk(place, manager, module, context);
            checkProcesses(place, manager, module, context);
            return ended.status().wire() + ", "
                    + module.flatMap(ModuleView::version)
                            .map(version -> "version " + version)
                            .orElse("not installed");
        }
    }

    private static Operation lastOperation(TestManager manager) {
        return manager.modules()
                .operations(new OperationFilter(Optional.empty(), Optional.empty(), 1), TestManager.CALLER)
                .getFirst();
    }

    /** The operation ends with the truth: what it says happened is what is there. */
    private static void checkTruth(
            CrashScenario scenario, Operation ended, Optional<ModuleView> module, String context) {
        boolean succeeded = ended.status() == Operation.Status.SUCCEEDED;
        Optional<String> version = module.flatMap(ModuleView::version);
        switch (scenario) {
            case INSTALL ->
                assertThat(version).as(context).isEqualTo(succeeded ? Optional.of("1.0.0") : Optional.empty());
            case UPDATE -> assertThat(version).as(context).contains(succeeded ? "1.1.0" : "1.0.0");
            case BROKEN_UPDATE -> {
                assertThat(succeeded).as(context).isFalse();
                assertThat(version).as(context).contains("1.0.0");
            }
            case ROLLBACK -> assertThat(version).as(context).contains(succeeded ? "1.0.0" : "1.1.0");
            case REMOVE -> assertThat(module.isEmpty()).as(context).isEqualTo(succeeded);
        }
    }

    private static void checkDisk(Path place, TestManager manager, Optional<ModuleView> module, String context)
            throws IOException {
        Path data = manager.data();
        assertThat(names(data.resolve("staging"))).as(context).isEmpty();
        assertThat(names(data.resolve("modules")))
                .as(context)
                .isEqualTo(module.map(it -> List.of(it.id())).orElse(List.of()));
        if (module.isPresent()) {
            Path folder = data.resolve("modules").resolve(module.get().id());
            List<String> kept = manager.modules().versions(module.get().id(), TestManager.CALLER).stream()
                    .map(KeptVersion::version)
                    .sorted()
                    .toList();
            assertThat(names(folder.resolve("versions"))).as(context).isEqualTo(kept);
            assertThat(Files.readSymbolicLink(folder.resolve("current")).getFileName())
                    .as(context)
                    .hasToString(module.get().version().orElseThrow());
            assertThat(names(folder)).as(context).contains("current", "logs", "storage", "versions");
            Path snapshots = folder.resolve("snapshots");
            assertThat(Files.exists(snapshots) ? names(snapshots) : List.of())
                    .as(context)
                    .isEmpty();
        }
        assertThat(place).isDirectory();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** No orphan: the only process of the module is the one the manager knows. */
    private static void checkProcesses(Path place, TestManager manager, Optional<ModuleView> module, String context) {
        String mark = "MODULE_STORAGE=" + place;
        List<Long> found = ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> environmentOf(pid).contains(mark))
                .toList();
        List<Long> known = module.map(manager::view).flatMap(it -> it.runtime().pid()).stream()
                .toList();
        assertThat(found.stream().filter(pid -> !isShim(pid)).toList())
                .as(context)
                .isEqualTo(known);
    }

    private static String environmentOf(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isShim(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("module-shim");
        } catch (IOException e) {
            return false;
        }
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

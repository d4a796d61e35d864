package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What must be true once a manager has recovered from a crash in the middle of a scenario's operation.
 *
 * @param runtime of the module
 * @param place   the manager's folder
 * @param sources where {@link CrashScenario#offer} left the sample modules' trees
 * @param context said with every failure
 */
record RecoveryChecks(CrashScenario scenario, SampleRuntime runtime, Path place, Path sources, String context) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How it ended: the operation, unless the crash came before it was durable, and the module, if it is there. */
    record Outcome(Optional<Operation> operation, Optional<ModuleView> module) {
        @Override
        public String toString() {
            return operation.map(it -> it.status().wire()).orElse("never begun") + ", "
                    + module.flatMap(ModuleView::version)
                            .map(version -> "version " + version)
                            .orElse("not installed")
                    + module.map(ModuleView::desiredState)
                            .filter(desired -> desired != DesiredState.RUNNING)
                            .map(desired -> ", " + desired.name().toLowerCase(Locale.ROOT))
                            .orElse("");
        }
    }

    /** Waits for the end of the operation and for the module, then checks everything but the database. */
    Outcome check(TestManager manager) throws IOException {
        Optional<Operation> operation = manager
                .modules()
                .operations(new OperationFilter(Optional.empty(), Optional.empty(), 10), TestManager.CALLER)
                .stream()
                .filter(it -> it.kind() == scenario.kind())
                .findFirst()
                .map(manager::await);
        Optional<ModuleView> module =
                manager.modules().modules(TestManager.CALLER).stream().findFirst();
        Outcome outcome = new Outcome(operation, module);
        checkTruth(outcome);
        module.ifPresent(it -> manager.awaitPhase(
                it,
                switch (it.desiredState()) {
                    case RUNNING -> Phase.RUNNING;
                    case STOPPED -> Phase.STOPPED;
                    case SUSPENDED -> Phase.SUSPENDED;
                }));
        checkDisk(manager, module);
        checkProcesses(manager, module);
        runtime.awaitTidy(
                manager.data(),
                module.map(it -> manager.modules()
                                .versions(it.id(), TestManager.CALLER)
                                .size())
                        .orElse(0));
        return outcome;
    }

    /** The operation ends with the truth: what it says happened is what is there. */
    private void checkTruth(Outcome outcome) {
        boolean succeeded = outcome.operation()
                .filter(it -> it.status() == Operation.Status.SUCCEEDED)
                .isPresent();
        Optional<String> version = outcome.module().flatMap(ModuleView::version);
        String said = context + " → " + outcome.operation();
        switch (scenario) {
            case INSTALL, UPLOAD, REINSTALL ->
                assertThat(version).as(said).isEqualTo(succeeded ? Optional.of("1.0.0") : Optional.empty());
            case UPDATE -> assertThat(version).as(said).contains(succeeded ? "1.1.0" : "1.0.0");
            case BROKEN_UPDATE -> {
                assertThat(succeeded).as(said).isFalse();
                assertThat(version).as(said).contains("1.0.0");
            }
            case ROLLBACK -> assertThat(version).as(said).contains(succeeded ? "1.0.0" : "1.1.0");
            case REMOVE -> assertThat(outcome.module().isEmpty()).as(said).isEqualTo(succeeded);
            case START, STOP, RESTART, SUSPEND, RESUME -> {
                assertThat(succeeded).as(said).isTrue();
                assertThat(version).as(said).contains("1.0.0");
            }
        }
        outcome.module().ifPresent(it -> assertThat(it.desiredState()).as(said).isEqualTo(scenario.desired()));
    }

    private void checkDisk(TestManager manager, Optional<ModuleView> module) throws IOException {
        Path data = manager.data();
        assertThat(names(data.resolve("staging"))).as(context).isEmpty();
        assertThat(names(data.resolve("modules")))
                .as(context)
                .isEqualTo(module.map(it -> List.of(it.id())).orElse(List.of()));
        if (module.isEmpty()) {
            return;
        }
        Path folder = data.resolve("modules").resolve(module.get().id());
        List<String> kept = manager.modules().versions(module.get().id(), TestManager.CALLER).stream()
                .map(KeptVersion::version)
                .sorted()
                .toList();
        assertThat(names(folder.resolve("versions"))).as(context).isEqualTo(kept);
        for (String version : kept) {
            checkContent(folder.resolve("versions").resolve(version), version);
        }
        assertThat(Files.readSymbolicLink(folder.resolve("current")).getFileName())
                .as(context)
                .hasToString(module.get().version().orElseThrow());
        assertThat(names(folder)).as(context).contains("current", "logs", "storage", "versions");
        Path snapshots = folder.resolve("snapshots");
        assertThat(Files.exists(snapshots) ? names(snapshots) : List.of())
                .as(context)
                .isEmpty();
    }

    /** Every file of the package is there whole; the manager's label is the only thing it added. */
    private void checkContent(Path tree, String version) throws IOException {
        Path source = sources.resolve(CrashScenario.NAME + "-" + version);
        assertThat(names(tree))
                .as(context)
                .isEqualTo(Stream.concat(names(source).stream(), Stream.of("storage"))
                        .sorted()
                        .toList());
        assertThat(names(tree.resolve(".module"))).as(context).isEqualTo(names(source.resolve(".module")));
        for (String file : List.of("run.sh", ".module/module_data.yaml", ".module/module_runtime.yaml")) {
            assertThat(tree.resolve(file)).as(context).hasSameBinaryContentAs(source.resolve(file));
        }
        String params = ".module/module_params.yaml";
        assertThat(Files.readString(tree.resolve(params)))
                .as(context)
                .startsWith(Files.readString(source.resolve(params)).stripTrailing())
                .contains("module_id");
        assertThat(tree.resolve("run.sh")).as(context).isExecutable();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** No orphan: the only process of the module is the one the manager knows. A stopped one is found out about after the start. */
    private void checkProcesses(TestManager manager, Optional<ModuleView> module) {
        Awaitility.await(context).atMost(PATIENCE).untilAsserted(() -> {
            List<Long> known = module
                    .map(manager::view)
                    .flatMap(it -> it.runtime().pid())
                    .stream()
                    .toList();
            assertThat(runtime.processes(manager.data())).as(context).isEqualTo(known);
        });
    }

    /** Of a manager that was closed: the database file itself is sound. */
    void checkDatabase() {
        List<String> findings = new ArrayList<>();
        Path file = place.resolve("data/state/modulemanager.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String pragma : List.of("PRAGMA integrity_check", "PRAGMA foreign_key_check")) {
                try (ResultSet result = statement.executeQuery(pragma)) {
                    while (result.next()) {
                        findings.add(result.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(context + ": the database cannot be read", e);
        }
        assertThat(findings).as(context).containsExactly("ok");
    }
}

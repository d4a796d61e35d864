package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end, with real modules, files and database: the same whatever modules run in. */
public abstract class ModuleScenarios {
    private static final Duration SOON = Duration.ofSeconds(60);

    private TestManager manager;

    /** What the modules run in; asked for before each scenario. */
    protected abstract SampleRuntime runtime();

    protected final TestManager manager() {
        return manager;
    }

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        manager = new TestManager(folder, runtime());
    }

    @AfterEach
    void end() {
        if (manager != null) {
            manager.close();
            runtime().tidyUp(manager.data());
        }
    }

    private Path storage(ModuleView module) {
        return manager.data().resolve("modules").resolve(module.id()).resolve("storage");
    }

    private ModuleView awaitAnotherProcess(ModuleView module) {
        long pid = module.runtime().pid().orElseThrow();
        return Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> manager.view(module),
                        view -> view.state().phase() == Phase.RUNNING
                                && view.runtime().pid().orElse(pid) != pid);
    }

    @Test
    void shouldInstallRunAndRemove() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));

        ModuleView installed = manager.install("beacon", "1.0.0");

        assertThat(installed.state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(installed.runtime().kind()).isEqualTo(runtime().kind());
        assertThat(ProcessHandle.of(installed.runtime().pid().orElseThrow())).isPresent();
        Operation removal = manager.remove(installed);
        assertThat(removal.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ProcessHandle.of(installed.runtime().pid().orElseThrow())).isEmpty();
        assertThat(manager.data().resolve("modules").resolve(installed.id())).doesNotExist();
        assertThatThrownBy(() -> manager.view(installed))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.MODULE_NOT_FOUND));
    }

    @Test
    void shouldBringAKilledProcessBack() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");
        long pid = installed.runtime().pid().orElseThrow();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        ModuleView back = awaitAnotherProcess(installed);
        assertThat(back.runtime().restarts()).isEqualTo(1);
        assertThat(back.runtime().lastExit().orElseThrow().signal()).hasValue(9);
    }

    @Test
    void shouldUpdateAndKeepTheOldVersionForARollback() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"), SampleModule.wellBehaved("beacon", "1.1.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");
        assertThat(installed.update().orElseThrow().version()).isEqualTo("1.1.0");

        Operation update = manager.update(installed, "1.1.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(installed).version()).contains("1.1.0");
        Operation rollback = manager.command(installed, Command.ROLLBACK);
        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(installed).version()).contains("1.0.0");
        assertThat(manager.view(installed).state().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void shouldRollBackAnUpdateThatDoesNotLastWithItsData() throws IOException {
        manager.offer(
                SampleModule.of("beacon", "1.0.0", "echo old > $MODULE_STORAGE/data\nexec sleep 1000\n"),
                // At once: on a busy machine any rest may outlast the probation.
                SampleModule.of("beacon", "2.0.0", "echo new > $MODULE_STORAGE/data\nexit 7\n"));
        ModuleView installed = manager.install("beacon", "1.0.0");
        Path data = storage(installed).resolve("data");
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Files.exists(data) && Files.readString(data).equals("old\n"));

        Operation update = manager.update(installed, "2.0.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.ROLLED_BACK);
        assertThat(update.problem().orElseThrow().detail()).contains("exit code 7");
        ModuleView after = manager.view(installed);
        assertThat(after.version()).contains("1.0.0");
        assertThat(after.state().phase()).isEqualTo(Phase.RUNNING);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(data).hasContent("old"));
        assertThat(manager.modules().versions(installed.id(), TestManager.CALLER))
                .extracting("version")
                .containsExactly("1.0.0");
    }

    @Test
    void shouldRestartAModuleThatHangs() throws IOException {
        manager.offer(SampleModule.of(
                        "sleeper",
                        "1.0.0",
                        "i=0; while [ $i -lt 5 ]; do touch $MODULE_HEARTBEAT_FILE; i=$((i+1)); sleep 0.1; done\nexec sleep 1000\n")
                .withProbe("{kind: heartbeat, max_age_seconds: 0.5}"));
        ModuleView installed = manager.install("sleeper", "1.0.0");

        ModuleView back = awaitAnotherProcess(installed);

        assertThat(back.runtime().restarts()).isPositive();
        assertThat(manager.modules().history(installed.id(), 20, TestManager.CALLER))
                .anySatisfy(it -> assertThat(it.cause()).contains("did not answer its probe"));
    }

    @Test
    void shouldFailACrasherButKeepTryingSlowly() throws IOException {
        manager.offer(SampleModule.of("crasher", "1.0.0", "sleep 0.3\nexit 3\n"));

        // Whether it ran long enough to count as started is nobody's business here.
        Operation installation = manager.await(manager.beginInstall("crasher", "1.0.0"));

        ModuleView installed = manager.modules().module(installation.moduleId(), TestManager.CALLER);
        ModuleView failed = manager.awaitPhase(installed, Phase.FAILED);
        assertThat(failed.state().reason()).contains("exit code 3").contains("budget");
        assertThat(manager.modules().explain(installed.id(), TestManager.CALLER).nextRetry())
                .isPresent();
        manager.awaitPhase(installed, Phase.RUNNING);
    }

    @Test
    void shouldRestartAModuleWhoseProbesProgramSaysNo() throws IOException {
        manager.offer(SampleModule.of("beacon", "1.0.0", "touch $MODULE_STORAGE/ready\nexec sleep 1000\n")
                .withProbe("{kind: exec, command: [/bin/sh, -c, 'test -e $MODULE_STORAGE/ready']}")
                .startingWithin(30));
        ModuleView installed = manager.install("beacon", "1.0.0");

        Files.delete(storage(installed).resolve("ready"));

        awaitAnotherProcess(installed);
        assertThat(manager.modules().history(installed.id(), 20, TestManager.CALLER))
                .anySatisfy(it -> assertThat(it.cause()).contains("did not answer its probe"));
    }

    @Test
    void shouldKeepWhatAModulePrintsAlsoWhileNoManagerRuns() throws IOException {
        manager.offer(
                SampleModule.of(
                        "talker",
                        "1.0.0",
                        "echo first\nwhile [ ! -e $MODULE_STORAGE/go ]; do sleep 0.1; done\necho second >&2\nexec sleep 1000\n"));
        ModuleView installed = manager.install("talker", "1.0.0");
        awaitLog(installed, "stdout first");

        manager.restart(() -> create(storage(installed).resolve("go")));

        awaitLog(installed, "stdout first", "stderr second");
    }

    private void awaitLog(ModuleView module, String... lines) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(manager.modules().logs(module.id(), 100, TestManager.CALLER))
                        .extracting(line -> line.stream() + " " + line.text())
                        .containsExactly(lines));
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldTellWhatAModuleUses() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");

        Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> manager.modules().stats(installed.id(), TestManager.CALLER),
                        stats -> stats.usage()
                                .filter(usage -> usage.memoryBytes() > 0 && usage.processes() > 0)
                                .isPresent());
    }

    @Test
    void shouldRestartAndStartAgain() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");

        assertThat(manager.command(installed, Command.RESTART).status()).isEqualTo(Status.SUCCEEDED);
        ModuleView restarted = manager.view(installed);
        assertThat(restarted.runtime().pid()).isNotEqualTo(installed.runtime().pid());
        assertThat(restarted.runtime().restarts()).as("nothing failed").isZero();
        assertThat(manager.command(installed, Command.STOP).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(runtime().processes(manager.data())).isEmpty();
        assertThat(manager.command(installed, Command.START).status()).isEqualTo(Status.SUCCEEDED);

        assertThat(manager.view(installed).state().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void shouldStopWhatIgnoresTermAndKeepItStoppedOverARestart() throws IOException {
        manager.offer(SampleModule.of("stubborn", "1.0.0", "trap '' TERM\nwhile :; do sleep 0.1; done\n")
                .stoppingWithin(0.3));
        ModuleView installed = manager.install("stubborn", "1.0.0");

        Operation stop = manager.command(installed, Command.STOP);

        assertThat(stop.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(installed).state().phase()).isEqualTo(Phase.STOPPED);
        assertThat(ProcessHandle.of(installed.runtime().pid().orElseThrow())).isEmpty();
        manager.restart();
        assertThat(manager.awaitPhase(installed, Phase.STOPPED).desiredState()).isEqualTo(DesiredState.STOPPED);
    }

    @Test
    void shouldAdoptRunningModulesAfterARestartOfTheManager() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");

        manager.restart();

        ModuleView adopted = manager.awaitPhase(installed, Phase.RUNNING);
        assertThat(adopted.runtime().pid()).isEqualTo(installed.runtime().pid());
        assertThat(adopted.runtime().restarts()).isZero();
    }

    @Test
    void shouldInstallDependenciesFirstAndProtectThem() throws IOException {
        manager.offer(
                SampleModule.wellBehaved("base", "1.0.0"),
                SampleModule.wellBehaved("top", "1.0.0").needing("base"));

        ModuleView top = manager.install("top", "1.0.0");

        assertThat(top.state().phase()).isEqualTo(Phase.RUNNING);
        ModuleView base = manager.modules().module("base", TestManager.CALLER);
        assertThat(base.state().phase()).isEqualTo(Phase.RUNNING);
        assertThatThrownBy(() -> manager.modules().remove(base.id(), false, CommandContext.of(TestManager.CALLER)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.MODULE_NEEDED));
    }

    @Test
    void shouldSuspendAndResume() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");

        assertThat(manager.command(installed, Command.SUSPEND).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(installed).state().phase()).isEqualTo(Phase.SUSPENDED);
        assertThat(manager.command(installed, Command.RESUME).status()).isEqualTo(Status.SUCCEEDED);

        ModuleView resumed = manager.view(installed);
        assertThat(resumed.state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(resumed.runtime().pid()).isEqualTo(installed.runtime().pid());
    }

    @Test
    void shouldUndoAnUpdateThatIsCancelledInItsProbation() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"), SampleModule.wellBehaved("beacon", "1.1.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");
        Operation update = manager.beginUpdate(installed, "1.1.0");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> manager.modules().operation(update.id(), TestManager.CALLER).steps().stream()
                        .anyMatch(step ->
                                step.id().startsWith("probation") && step.status() == Operation.StepStatus.RUNNING));

        manager.modules().cancel(update.id(), TestManager.CALLER);

        assertThat(manager.await(update).status()).isEqualTo(Status.CANCELLED);
        assertThat(manager.view(installed).version()).contains("1.0.0");
        assertThat(manager.view(installed).state().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void shouldLetAStopSupersedeAnUpdate() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"), SampleModule.wellBehaved("beacon", "1.1.0"));
        ModuleView installed = manager.install("beacon", "1.0.0");
        Operation update = manager.beginUpdate(installed, "1.1.0");

        Operation stop = manager.command(installed, Command.STOP);

        assertThat(stop.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.await(update).status()).isEqualTo(Status.CANCELLED);
        assertThat(manager.view(installed).state().phase()).isEqualTo(Phase.STOPPED);
        assertThat(manager.view(installed).version()).contains("1.0.0");
    }
}

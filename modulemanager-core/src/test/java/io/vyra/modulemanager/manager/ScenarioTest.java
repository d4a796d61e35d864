package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end, with real processes, files and database. */
class ScenarioTest {
    private TestManager manager;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        manager = new TestManager(folder);
    }

    @AfterEach
    void end() {
        manager.close();
    }

    @Test
    void shouldInstallRunAndRemove() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));

        ModuleView installed = manager.install("beacon", "1.0.0");

        assertThat(installed.state().phase()).isEqualTo(Phase.RUNNING);
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

        ModuleView back = Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(
                        () -> manager.view(installed),
                        view -> view.state().phase() == Phase.RUNNING
                                && view.runtime().pid().orElse(pid) != pid);
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
                SampleModule.of("beacon", "2.0.0", "echo new > $MODULE_STORAGE/data\nsleep 0.4\nexit 7\n"));
        ModuleView installed = manager.install("beacon", "1.0.0");
        Path data = manager.data().resolve("modules").resolve(installed.id()).resolve("storage/data");
        Awaitility.await()
                .until(() -> Files.exists(data) && Files.readString(data).equals("old\n"));

        Operation update = manager.update(installed, "2.0.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.ROLLED_BACK);
        assertThat(update.problem().orElseThrow().detail()).contains("exit code 7");
        ModuleView after = manager.view(installed);
        assertThat(after.version()).contains("1.0.0");
        assertThat(after.state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(data).hasContent("old");
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
        long pid = installed.runtime().pid().orElseThrow();

        ModuleView back = Awaitility.await()
                .atMost(15, TimeUnit.SECONDS)
                .until(
                        () -> manager.view(installed),
                        view -> view.state().phase() == Phase.RUNNING
                                && view.runtime().pid().orElse(pid) != pid);

        assertThat(back.runtime().restarts()).isPositive();
        assertThat(manager.modules().history(installed.id(), 20, TestManager.CALLER))
                .anySatisfy(it -> assertThat(it.cause()).contains("did not answer its probe"));
    }

    @Test
    void shouldFailACrasherButKeepTryingSlowly() throws IOException {
        manager.offer(SampleModule.of("crasher", "1.0.0", "sleep 0.05\nexit 3\n"));

        ModuleView installed = manager.install("crasher", "1.0.0");

        ModuleView failed = manager.awaitPhase(installed, Phase.FAILED);
        assertThat(failed.state().reason()).contains("exit code 3").contains("budget");
        assertThat(manager.modules().explain(installed.id(), TestManager.CALLER).nextRetry())
                .isPresent();
        manager.awaitPhase(installed, Phase.RUNNING);
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
        assertThat(manager.awaitPhase(installed, Phase.STOPPED).desiredState())
                .isEqualTo(io.vyra.modulemanager.ModuleManager.DesiredState.STOPPED);
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

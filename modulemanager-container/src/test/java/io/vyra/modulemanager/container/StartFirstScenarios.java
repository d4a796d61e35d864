package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.catalog.PlannedOrder;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Updates in which the new version runs beside the old one, with a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StartFirstScenarios {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Answers every question that stands in its storage with its version; it works once it has answered one. */
    private static final String ANSWERING = """
            echo version $MODULE_VERSION
            trap 'exit 0' TERM
            while :; do
              if read asked < $MODULE_STORAGE/question; then
                echo $asked > $MODULE_STORAGE/answer-$MODULE_VERSION.new
                cat $MODULE_STORAGE/answer-$MODULE_VERSION.new > $MODULE_STORAGE/answer-$MODULE_VERSION
                touch /tmp/works
              fi
              sleep 0.02
            done
            """;

    private static final String WORKS = "{kind: exec, command: [/bin/test, -e, /tmp/works]}";

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(this::engine);

    private ContainerSamples samples;
    private TestManager manager;

    abstract TestEngine engine() throws IOException;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        samples = fixture.samples();
        manager = fixture.manage(folder);
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
            samples.startsFirst("beacon", version);
        }
    }

    private static SampleModule answering(String version) {
        return SampleModule.of("beacon", version, ANSWERING).withProbe(WORKS).startingWithin(30);
    }

    private ModuleView installed() throws IOException {
        Operation installation = manager.beginInstall("beacon", "1.0.0");
        await().atMost(SOON)
                .until(() -> !manager.modules().modules(TestManager.CALLER).isEmpty());
        ask(storage(), 0);
        assertThat(manager.await(installation).status()).isEqualTo(Status.SUCCEEDED);
        return manager.modules().module("beacon", TestManager.CALLER);
    }

    private Path storage() {
        return manager.data()
                .resolve("modules")
                .resolve(
                        manager.modules().modules(TestManager.CALLER).getFirst().id())
                .resolve("storage");
    }

    private static void ask(Path storage, int number) throws IOException {
        Files.createDirectories(storage);
        Files.writeString(storage.resolve("question"), number + "\n");
    }

    private static boolean isAnswered(Path storage, String version, int number) {
        Path answer = storage.resolve("answer-" + version);
        try {
            return Files.exists(answer) && Files.readString(answer).equals(number + "\n");
        } catch (IOException e) {
            return false;
        }
    }

    private Operation operation(Operation begun) {
        return manager.modules().operation(begun.id(), TestManager.CALLER);
    }

    private static StepStatus statusOf(Operation operation, String step) {
        return operation.steps().stream()
                .filter(it -> it.id().equals(step))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static String detailOf(Operation operation, String step) {
        return operation.steps().stream()
                .filter(it -> it.id().equals(step))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    /** From the beginning of an operation to its end somebody answers, and a container that works lives. */
    private Operation askThrough(Operation begun) throws IOException {
        Path storage = storage();
        try (Engine client = fixture.engine().client()) {
            for (int number = 1; !operation(begun).status().isFinal(); number++) {
                int asked = number;
                ask(storage, asked);
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> {
                            assertThat(fixture.alive(client))
                                    .as("containers at question %d", asked)
                                    .isNotEmpty();
                            return isAnswered(storage, "1.0.0", asked) || isAnswered(storage, "1.1.0", asked);
                        });
            }
        }
        return manager.await(begun);
    }

    @Test
    void shouldUpdateAndRollBackWithoutAGap() throws IOException {
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();

        Operation update = askThrough(manager.beginUpdate(module, "1.1.0"));

        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        ModuleView after = manager.view(module);
        assertThat(after.version()).contains("1.1.0");
        assertThat(after.state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(after.runtime().restarts()).isZero();
        assertThat(samples.processes(manager.data()))
                .containsExactly(after.runtime().pid().orElseThrow());
        assertThat(manager.modules().history(module.id(), 20, TestManager.CALLER))
                .as("it was never anything but running")
                .filteredOn(it -> it.cause().contains("took over"))
                .singleElement()
                .satisfies(it -> assertThat(it.from()).isEqualTo("running"));
        assertThat(manager.modules().logs(module.id(), 100, TestManager.CALLER))
                .extracting(LogLine::text)
                .containsSubsequence("version 1.0.0", "version 1.1.0");
        Operation rollback = askThrough(manager.begin(module, Command.ROLLBACK));
        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(module).version()).contains("1.0.0");
        assertThat(samples.processes(manager.data())).hasSize(1);
    }

    @Test
    void shouldBringTheNewVersionBackAfterItTookOver() throws IOException {
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();
        assertThat(manager.update(module, "1.1.0").status()).isEqualTo(Status.SUCCEEDED);
        long pid = manager.view(module).runtime().pid().orElseThrow();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().atMost(SOON)
                .until(
                        () -> manager.view(module),
                        view -> view.state().phase() == Phase.RUNNING
                                && view.runtime().pid().orElse(pid) != pid);
        assertThat(manager.view(module).version()).contains("1.1.0");
        assertThat(samples.processes(manager.data())).hasSize(1);
        manager.restart();
        manager.awaitPhase(module, Phase.RUNNING);
        assertThat(manager.remove(module).status()).isEqualTo(Status.SUCCEEDED);
        samples.awaitTidy(manager.data(), 0);
        assertThat(samples.processes(manager.data())).isEmpty();
    }

    @Test
    void shouldNeverStopTheOldVersionForOneThatDoesNotProveItself() throws IOException {
        manager.offer(answering("1.0.0"), SampleModule.of("beacon", "2.0.0", "echo broken\nsleep 0.1\nexit 7\n"));
        ModuleView module = installed();

        Operation update = askThrough(manager.beginUpdate(module, "2.0.0"));

        assertThat(update.status()).as("%s", update).isEqualTo(Status.ROLLED_BACK);
        assertThat(update.problem().orElseThrow().detail()).contains("exit code 7", "was not stopped");
        ModuleView after = manager.view(module);
        assertThat(after.version()).contains("1.0.0");
        assertThat(after.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(after.runtime().restarts()).isZero();
        assertThat(samples.processes(manager.data())).hasSize(1);
        samples.awaitTidy(manager.data(), 1);
    }

    @Test
    void shouldNeverStopTheOldVersionForOneThatNeverWorks() throws IOException {
        manager.offer(
                answering("1.0.0"),
                SampleModule.of("beacon", "2.0.0", "exec sleep 1000\n").withProbe(WORKS));
        ModuleView module = installed();

        Operation update = askThrough(manager.beginUpdate(module, "2.0.0"));

        assertThat(update.status()).as("%s", update).isEqualTo(Status.ROLLED_BACK);
        assertThat(update.problem().orElseThrow().detail()).contains("did not answer its probe");
        assertThat(manager.view(module).runtime().pid())
                .isEqualTo(module.runtime().pid());
        assertThat(samples.processes(manager.data())).hasSize(1);
    }

    @Test
    void shouldStopFirstWherePortsAreShared() throws IOException {
        for (String version : List.of("1.0.0", "1.1.0")) {
            samples.with("beacon", version, "network: none\nports: [48081]\nupdate: {order: start-first}\n");
        }
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();
        assertThat(planned(module).reason()).contains("48081");

        Operation update = manager.update(module, "1.1.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        assertThat(detailOf(update, "beside:beacon")).contains("both versions publish TCP port 48081");
        assertThat(detailOf(update, "stop:beacon")).doesNotContain("not needed");
        assertThat(manager.view(module).version()).contains("1.1.0");
        assertThat(samples.processes(manager.data())).hasSize(1);
    }

    private PlannedOrder planned(ModuleView module) {
        return manager.modules()
                .planUpdate(module.id(), Optional.of("1.1.0"), TestManager.CALLER)
                .steps()
                .getFirst()
                .order()
                .orElseThrow();
    }

    @Test
    void shouldSayInThePlanWhatComesFirst() throws IOException {
        samples.with("beacon", "1.1.0", "network: none\n");
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();

        assertThat(planned(module).order()).isEqualTo(UpdateOrder.START_FIRST);
        assertThat(manager.update(module, "1.1.0").status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.modules()
                        .planUpdate(module.id(), Optional.of("1.0.0"), TestManager.CALLER)
                        .steps()
                        .getFirst()
                        .order())
                .contains(new PlannedOrder(
                        UpdateOrder.STOP_FIRST,
                        "the manifest of beacon 1.1.0 does not say that update.order may be start-first"));
    }

    @Test
    void shouldLeaveTheOldVersionAloneWhenCancelledInTheTrial() throws IOException {
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();
        Operation update = manager.beginUpdate(module, "1.1.0");
        try (Engine client = fixture.engine().client()) {
            await().atMost(SOON).until(() -> fixture.alive(client).size() == 2);
        }

        manager.modules().cancel(update.id(), TestManager.CALLER);

        assertThat(askThrough(update).status()).isEqualTo(Status.CANCELLED);
        ModuleView after = manager.view(module);
        assertThat(after.version()).contains("1.0.0");
        assertThat(after.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(samples.processes(manager.data())).hasSize(1);
    }

    @Test
    void shouldKeepTheOldVersionGoingWhenItCrashesInTheTrial() throws IOException {
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();
        Operation update = manager.beginUpdate(module, "1.1.0");
        await().atMost(SOON).until(() -> statusOf(operation(update), "beside:beacon") == StepStatus.RUNNING);

        ProcessHandle.of(module.runtime().pid().orElseThrow()).orElseThrow().destroyForcibly();

        assertThat(manager.await(update).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(module).version()).contains("1.1.0");
        assertThat(samples.processes(manager.data())).hasSize(1);
    }

    @Test
    void shouldBeginATrialAnewAfterARestartOfTheManager() throws IOException {
        manager.offer(answering("1.0.0"), answering("1.1.0"));
        ModuleView module = installed();
        Operation update = manager.beginUpdate(module, "1.1.0");
        try (Engine client = fixture.engine().client()) {
            await().atMost(SOON).until(() -> fixture.alive(client).size() == 2);
        }

        manager.restart();

        assertThat(askThrough(update).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(module).version()).contains("1.1.0");
        assertThat(manager.view(module).runtime().restarts()).isZero();
        assertThat(samples.processes(manager.data())).hasSize(1);
    }
}

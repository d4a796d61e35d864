package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.LossTrigger.Cut;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine is killed in the middle of each operation, before it obeys a command, while it takes something in, or after it obeyed and before
 * it answered; the manager lives on. Meanwhile the manager says what is wrong, and once the engine is back everything is where it should be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineLoss {
    private static final Duration SOON = Duration.ofSeconds(120);

    private final LossTrap trap = new LossTrap(this::kill);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(this::engine, client -> ToldEngine.around(client, trap));

    private TestEngine engine;
    private ContainerSamples samples;
    private TestManager manager;

    abstract TestEngine engine() throws IOException;

    private void kill() {
        engine.kill();
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        trap.disarm();
        engine = fixture.engine();
        samples = fixture.samples();
        manager = fixture.manage(folder);
    }

    static Stream<Arguments> losses() {
        return Stream.of(LossMoment.values())
                .flatMap(moment -> moment.cuts().stream().map(cut -> Arguments.of(moment, cut)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void shouldConvergeWhenTheEngineIsBack(LossMoment moment, Cut cut) throws IOException {
        offer(moment.given().startsFirst());
        prepare(moment.given());

        Operation begun = loseEngine(moment, cut);

        await().atMost(SOON).until(() -> !engine.isAlive());
        await().atMost(SOON).untilAsserted(() -> assertThat(told(begun)).contains("the container engine"));
        if (moment.act().isCancelledWithoutEngine()) {
            manager.modules().cancel(begun.id(), TestManager.CALLER);
        } else if (moment.end().status() != Status.SUCCEEDED) {
            // What fails without the engine must not be saved by its return.
            await().atMost(SOON).until(() -> operation(begun).problem().isPresent());
        }
        engine.start();
        Operation ended = manager.await(begun);
        assertThat(ended.status()).as("%s", ended).isEqualTo(moment.end().status());
        checkEnd(moment.end());
    }

    private void offer(boolean startsFirst) throws IOException {
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
            if (startsFirst) {
                samples.startsFirst(LossAct.MODULE, version);
            } else {
                samples.with(LossAct.MODULE, version, "");
            }
        }
        manager.offer(
                SampleModule.wellBehaved(LossAct.MODULE, "1.0.0"),
                SampleModule.wellBehaved(LossAct.MODULE, "1.1.0"),
                SampleModule.of(LossAct.MODULE, "2.0.0", "exec sleep 1000\n")
                        .withProbe("{kind: exec, command: [/bin/test, -e, /never]}"));
    }

    private void prepare(LossMoment.Given given) {
        if (given == LossMoment.Given.NOTHING) {
            return;
        }
        ModuleView module = manager.install(LossAct.MODULE, "1.0.0");
        Optional<Operation> more = switch (given) {
            case UPDATED, UPDATED_PERMITTING, WITHOUT_IMAGE -> Optional.of(manager.update(module, "1.1.0"));
            case STOPPED -> Optional.of(manager.command(module, Command.STOP));
            case SUSPENDED -> Optional.of(manager.command(module, Command.SUSPEND));
            case NOTHING, RUNNING, PERMITTING -> Optional.empty();
        };
        more.ifPresent(it -> assertThat(it.status()).as("%s", it).isEqualTo(Status.SUCCEEDED));
        if (given == LossMoment.Given.WITHOUT_IMAGE) {
            samples.deleteImage(manager.data(), "1.0.0");
        }
    }

    /** Begins the operation and has the engine killed in it. */
    private Operation loseEngine(LossMoment moment, Cut cut) {
        switch (moment.trigger()) {
            case LossTrigger.Command(String name, boolean undoing) when !undoing -> trap.arm(name, cut, () -> true);
            case LossTrigger.Nothing _ -> engine.kill();
            case LossTrigger.Command _, LossTrigger.OnTrial _ -> {
                // Later.
            }
        }
        Operation begun = moment.act().begin(manager);
        if (moment.trigger() instanceof LossTrigger.Command(String name, boolean undoing) && undoing) {
            trap.arm(name, cut, () -> isUndoing(begun));
        }
        if (moment.act().isCancelledOnTrial()) {
            awaitTrial(begun, moment.given().startsFirst());
            manager.modules().cancel(begun.id(), TestManager.CALLER);
        }
        if (moment.trigger() instanceof LossTrigger.OnTrial) {
            awaitTrial(begun, moment.given().startsFirst());
            engine.kill();
        }
        return begun;
    }

    private Operation operation(Operation begun) {
        return manager.modules().operation(begun.id(), TestManager.CALLER);
    }

    private boolean isUndoing(Operation begun) {
        return operation(begun).steps().stream()
                .anyMatch(step -> step.status() == StepStatus.UNDOING || step.status() == StepStatus.UNDONE);
    }

    /** Waits until the new version is watched, beside the old one or in its place. */
    private void awaitTrial(Operation begun, boolean startsFirst) {
        String kind = startsFirst ? "beside:" : "probation:";
        String words = startsFirst ? "first probe of the new one has passed" : "";
        await().atMost(SOON)
                .until(() -> operation(begun).steps().stream()
                        .anyMatch(step -> step.id().equals(kind + LossAct.MODULE)
                                && step.status() == StepStatus.RUNNING
                                && step.detail().contains(words)));
    }

    /** What somebody who asks is told: of the module, of the operation, or that it did not need the engine any more. */
    private String told(Operation begun) {
        Operation now = operation(begun);
        List<ModuleView> modules = manager.modules().modules(TestManager.CALLER);
        boolean isAtRest =
                modules.stream().allMatch(module -> manager.view(module).state().phase() == Phase.STOPPED);
        String explanation = modules.stream()
                .map(module -> manager.modules()
                        .explain(module.id(), TestManager.CALLER)
                        .summary())
                .collect(Collectors.joining());
        return now.status() == Status.SUCCEEDED && isAtRest
                ? "done without the container engine"
                : explanation + now.problem().map(Problem::detail).orElse("");
    }

    private void checkEnd(LossMoment.End end) {
        if (end.phase().isEmpty()) {
            assertThat(manager.modules().modules(TestManager.CALLER)).isEmpty();
            awaitProcesses(List.of());
            return;
        }
        Phase phase = end.phase().get();
        ModuleView module = manager.awaitPhase(LossAct.module(manager), phase);
        assertThat(module.version()).contains(end.version());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(samples.processes(manager.data()))
                        .isEqualTo(phase == Phase.STOPPED ? List.of() : pids(module)));
        assertThat(samples.paused(manager.data())).hasSize(phase == Phase.SUSPENDED ? 1 : 0);
    }

    private void awaitProcesses(List<Long> expected) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(samples.processes(manager.data())).isEqualTo(expected));
    }

    private List<Long> pids(ModuleView module) {
        return manager.view(module).runtime().pid().stream().toList();
    }

    /** The version on trial ends while nobody sees it, and the probation would be over before the engine is back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotTakeATrialForPassedThatNobodySaw(boolean startsFirst) throws IOException {
        offer(startsFirst);
        ModuleView module = manager.install(LossAct.MODULE, "1.0.0");
        List<Long> before = pids(module);
        Operation update = manager.beginUpdate(module, "1.1.0");
        awaitTrial(update, startsFirst);
        long onTrial = samples.processes(manager.data()).stream()
                .filter(pid -> !before.contains(pid))
                .findFirst()
                .orElseThrow();

        engine.kill();
        ProcessHandle.of(onTrial).orElseThrow().destroyForcibly();
        await().atMost(SOON)
                .until(() -> operation(update).steps().stream()
                        .anyMatch(step -> step.detail().contains("began anew")));
        engine.start();

        Operation ended = manager.await(update);
        assertThat(ended.status()).as("%s", ended).isEqualTo(Status.ROLLED_BACK);
        checkEnd(LossMoment.End.running(Status.ROLLED_BACK, "1.0.0"));
        if (startsFirst) {
            assertThat(pids(module)).as("it was not disturbed").isEqualTo(before);
        }
    }
}

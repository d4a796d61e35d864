package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine is killed in the middle of each operation, after it obeyed a command and before it answered; the manager lives on. Meanwhile
 * the manager says what is wrong, and once the engine is back everything is where it should be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineLoss {
    private static final Duration SOON = Duration.ofSeconds(120);

    @RegisterExtension
    final EngineFixture fixture =
            new EngineFixture(this::engine, client -> ToldEngine.around(client, new Trap()));

    private TestEngine engine;
    private ContainerSamples samples;
    private TestManager manager;
    private final AtomicReference<String> fatal = new AtomicReference<>();

    abstract TestEngine engine() throws IOException;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        fatal.set(null);
        engine = fixture.engine();
        samples = fixture.samples();
        manager = fixture.manage(folder);
    }

    private void offer(boolean startsFirst) throws IOException {
        for (String version : List.of("1.0.0", "1.1.0")) {
            if (startsFirst) {
                samples.startsFirst(LossMoment.NAME, version);
            } else {
                samples.with(LossMoment.NAME, version, "");
            }
            manager.offer(SampleModule.wellBehaved(LossMoment.NAME, version));
        }
    }

    /** Kills the engine once the fatal command was obeyed. */
    private final class Trap implements ToldEngine.Listener {
        @Override
        public void before(String command) {
            // It is to be obeyed.
        }

        @Override
        public void after(String command) {
            if (fatal.compareAndSet(command, null)) {
                engine.kill();
                throw new EngineException(EngineException.Reason.UNREACHABLE, "the container engine was killed");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LossMoment.class)
    void shouldConvergeWhenTheEngineIsBack(LossMoment moment) throws IOException {
        offer(moment.startsFirst());
        moment.prepare(manager);
        if (moment.command().isEmpty()) {
            engine.kill();
        }
        fatal.set(moment.command());

        Operation begun = moment.begin(manager);

        await().atMost(SOON).until(() -> !engine.isAlive());
        await().atMost(SOON).untilAsserted(() -> assertThat(told(begun)).contains("the container engine"));
        engine.start();
        Operation ended = manager.await(begun);
        assertThat(ended.status()).as("%s", ended).isEqualTo(moment.ending());
        checkEnd(moment);
    }

    /** What somebody who asks is told: of the module, of the operation, or that it did not need the engine any more. */
    private String told(Operation begun) {
        Operation now = manager.modules().operation(begun.id(), TestManager.CALLER);
        String explanation = manager.modules().modules(TestManager.CALLER).stream()
                .map(module -> manager.modules()
                        .explain(module.id(), TestManager.CALLER)
                        .summary())
                .collect(Collectors.joining());
        return now.status() == Status.SUCCEEDED && explanation.isEmpty()
                ? "removed without the container engine"
                : explanation + now.problem().map(Problem::detail).orElse("");
    }

    private void checkEnd(LossMoment moment) {
        if (moment.phase().isEmpty()) {
            assertThat(manager.modules().modules(TestManager.CALLER)).isEmpty();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(samples.processes(manager.data())).isEmpty());
            return;
        }
        Phase phase = moment.phase().get();
        ModuleView module = manager.awaitPhase(LossMoment.module(manager), phase);
        assertThat(module.version()).contains(moment.version());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(samples.processes(manager.data()))
                        .isEqualTo(phase == Phase.STOPPED ? List.of() : pids(module)));
        assertThat(samples.paused(manager.data())).hasSize(phase == Phase.SUSPENDED ? 1 : 0);
    }

    private List<Long> pids(ModuleView module) {
        return manager.view(module).runtime().pid().stream().toList();
    }
}

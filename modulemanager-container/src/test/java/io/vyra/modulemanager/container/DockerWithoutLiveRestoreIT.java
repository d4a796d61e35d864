package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.TestManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Docker as it is set up by itself ends its containers when it is restarted: their modules are started again, once each. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerWithoutLiveRestoreIT {
    private static final Duration SOON = Duration.ofSeconds(120);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(TestEngine::dockerThatEndsContainers);

    private TestEngine engine;
    private ContainerSamples samples;
    private TestManager manager;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        engine = fixture.engine();
        samples = fixture.samples();
        manager = fixture.manage(folder);
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
    }

    private void shouldComeBackAfter(Consumer<TestEngine> end) throws IOException {
        ModuleView module = manager.install("beacon", "1.0.0");
        long before = module.runtime().pid().orElseThrow();

        end.accept(engine);
        engine.start();

        await().atMost(SOON).untilAsserted(() -> {
            ModuleView now = manager.view(module);
            assertThat(now.state().phase()).isEqualTo(Phase.RUNNING);
            assertThat(now.runtime().pid().orElse(before)).isNotEqualTo(before);
        });
        assertThat(manager.view(module).runtime().restarts()).isPositive();
        assertThat(ProcessHandle.of(before).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(samples.processes(manager.data()))
                .containsExactly(manager.view(module).runtime().pid().orElseThrow());
        try (Engine client = engine.client()) {
            assertThat(client.find(Map.of())).hasSize(1);
        }
    }

    @Test
    void shouldBringTheModuleBackThatDockerEndedWithItself() throws IOException {
        shouldComeBackAfter(TestEngine::stop);
    }

    @Test
    void shouldBringTheModuleBackThatDockerEndsWhenItComesBackFromACrash() throws IOException {
        shouldComeBackAfter(TestEngine::kill);
    }

    @Test
    void shouldStartTheModuleOnceWhenTheManagerIsRestartedMeanwhile() throws IOException {
        ModuleView module = manager.install("beacon", "1.0.0");

        manager.restart(engine::stop);
        engine.start();

        ModuleView found = manager.awaitPhase(module, Phase.RUNNING);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(samples.processes(manager.data()))
                        .containsExactly(manager.view(module).runtime().pid().orElseThrow()));
        assertThat(found.version()).contains("1.0.0");
        try (Engine client = engine.client()) {
            assertThat(client.find(Map.of())).hasSize(1);
        }
    }
}

package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.manager.ModuleScenarios;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRuntime;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The scenarios of every runtime, and what only containers have, with a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerScenarios extends ModuleScenarios {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(this::engine);

    private TestEngine engine;
    private ContainerSamples samples;

    abstract TestEngine engine() throws IOException;

    @BeforeAll
    void know() {
        engine = fixture.engine();
        samples = fixture.samples();
    }

    @Override
    protected SampleRuntime runtime() {
        return samples;
    }

    private ModuleView installed(String version) {
        return manager().install("beacon", version);
    }

    private void awaitPrinted(ModuleView module, String line) {
        await().atMost(SOON)
                .until(() -> manager().modules().logs(module.id(), 1, TestManager.CALLER).stream()
                        .map(LogLine::text)
                        .anyMatch(line::equals));
    }

    @Test
    void shouldLeaveNothingInTheEngine() throws IOException {
        manager().offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView module = installed("1.0.0");
        samples.awaitTidy(manager().data(), 1);

        assertThat(manager().remove(module).status()).isEqualTo(Status.SUCCEEDED);

        samples.awaitTidy(manager().data(), 0);
        try (Engine client = engine.client()) {
            assertThat(client.find(Map.of())).isEmpty();
        }
    }

    @Test
    void shouldUpdateAndRollBackWithTheImage() throws IOException {
        manager().offer(SampleModule.wellBehaved("beacon", "1.0.0"), SampleModule.wellBehaved("beacon", "1.1.0"));
        ModuleView module = installed("1.0.0");
        awaitPrinted(module, "version 1.0.0");

        Operation update = manager().update(module, "1.1.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        awaitPrinted(module, "version 1.1.0");
        samples.awaitTidy(manager().data(), 2);
        Operation rollback = manager().command(module, Command.ROLLBACK);
        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.SUCCEEDED);
        awaitPrinted(module, "version 1.0.0");
        assertThat(samples.processes(manager().data())).hasSize(1);
    }

    @Test
    void shouldTakeTheImageBackOfAnUpdateThatDoesNotLast() throws IOException {
        manager()
                .offer(
                        SampleModule.wellBehaved("beacon", "1.0.0"),
                        SampleModule.of("beacon", "2.0.0", "sleep 0.1\nexit 7\n"));
        ModuleView module = installed("1.0.0");

        Operation update = manager().update(module, "2.0.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.ROLLED_BACK);
        manager().awaitPhase(module, Phase.RUNNING);
        awaitPrinted(module, "version 1.0.0");
        samples.awaitTidy(manager().data(), 1);
    }

    @Test
    void shouldRefuseADeltaWithoutItsBaseBeforeAnythingThatRunsIsTouched() throws IOException {
        samples.image(
                "beacon",
                "1.1.0",
                TestImage.gzip(new TestImage().shell().file("opt/new", "x").delta("localhost/no/base", "1.2.3", 1)));
        manager().offer(SampleModule.wellBehaved("beacon", "1.0.0"), SampleModule.wellBehaved("beacon", "1.1.0"));
        ModuleView module = installed("1.0.0");

        Operation update = manager().update(module, "1.1.0");

        assertThat(update.status()).as("%s", update).isNotEqualTo(Status.SUCCEEDED);
        assertThat(update.problem().orElseThrow().detail()).contains("localhost/no/base:1.2.3");
        ModuleView after = manager().view(module);
        assertThat(after.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(after.runtime().restarts()).isZero();
    }

    @Test
    void shouldStartWithoutItsEngineAndFindTheContainersWhenItIsBack() throws IOException {
        manager().offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView module = installed("1.0.0");

        manager().restart(engine::stop);

        await().atMost(SOON).until(() -> explanation(module).contains("not known whether it runs"));
        assertThat(explanation(module)).contains("out of reach").doesNotContain("stopped");
        engine.start();
        ModuleView found = manager().awaitPhase(module, Phase.RUNNING);
        assertThat(found.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(found.runtime().restarts()).isZero();
    }

    private String explanation(ModuleView module) {
        return manager().modules().explain(module.id(), TestManager.CALLER).summary();
    }

    @Test
    void shouldBringBackWhatSomebodyRemoved() throws IOException {
        manager().offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView module = installed("1.0.0");

        try (Engine client = engine.client()) {
            client.find(Map.of()).forEach(client::remove);
            client.imageNames(ContainerSamples.IMAGES).forEach(client::removeImage);
        }

        long pid = module.runtime().pid().orElseThrow();
        await().atMost(SOON)
                .until(
                        () -> manager().view(module),
                        view -> view.state().phase() == Phase.RUNNING
                                && view.runtime().pid().orElse(pid) != pid);
        // Its end may be seen before its removal.
        assertThat(manager().modules().history(module.id(), 20, TestManager.CALLER))
                .anySatisfy(it ->
                        assertThat(it.cause()).containsAnyOf("somebody removed its container", "ended by signal 9"));
        samples.awaitTidy(manager().data(), 1);
    }

    @Test
    void shouldFindContainersAfterARestartOfEngineAndManagerAtOnce() throws IOException {
        manager().offer(SampleModule.wellBehaved("beacon", "1.0.0"));
        ModuleView module = installed("1.0.0");

        manager().restart(() -> {
            engine.kill();
            try {
                engine.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        ModuleView found = manager().awaitPhase(module, Phase.RUNNING);
        assertThat(found.runtime().pid()).isEqualTo(module.runtime().pid());
    }
}

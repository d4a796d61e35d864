package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way back to a version whose image somebody deleted in the engine, by wish and by itself, with a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LostImages {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BASE = "localhost/test/lost-base";

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(this::engine);

    private ContainerSamples samples;
    private TestManager manager;

    abstract TestEngine engine() throws IOException;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        samples = fixture.samples();
        manager = fixture.manage(folder);
        List.of("1.0.0", "1.1.0", "2.0.0").forEach(version -> samples.with("beacon", version, ""));
    }

    private void offer() throws IOException {
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"), SampleModule.wellBehaved("beacon", "1.1.0"));
    }

    private ModuleView updated() {
        ModuleView module = manager.install("beacon", "1.0.0");
        Operation update = manager.update(module, "1.1.0");
        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        return manager.view(module);
    }

    private void awaitPrinted(ModuleView module, String line) {
        await().atMost(SOON)
                .until(() -> manager.modules().logs(module.id(), 1, TestManager.CALLER).stream()
                        .map(LogLine::text)
                        .anyMatch(line::equals));
    }

    private void shouldComeBack(ModuleView module, Operation rollback) {
        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.view(module).version()).contains("1.0.0");
        awaitPrinted(module, "version 1.0.0");
        assertThat(samples.processes(manager.data()))
                .containsExactly(manager.view(module).runtime().pid().orElseThrow());
        samples.awaitTidy(manager.data(), 2);
    }

    private void shouldGoOnAsItRan(ModuleView module) {
        ModuleView after = manager.view(module);
        assertThat(after.version()).contains("1.1.0");
        assertThat(after.state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(after.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(after.runtime().restarts()).isEqualTo(module.runtime().restarts());
        assertThat(samples.processes(manager.data()))
                .containsExactly(module.runtime().pid().orElseThrow());
    }

    private Path archive(ModuleView module, String version) {
        return manager.data()
                .resolve("modules")
                .resolve(module.id())
                .resolve("versions")
                .resolve(version)
                .resolve(TestLaunch.ARCHIVE);
    }

    @Test
    void shouldMakeTheImageAgainForARollback() throws IOException {
        offer();
        ModuleView module = updated();
        samples.deleteImage(manager.data(), "1.0.0");

        shouldComeBack(module, manager.command(module, Command.ROLLBACK));
    }

    @Test
    void shouldMakeTheImageAgainForARollbackBesideThePresentVersion() throws IOException {
        samples.startsFirst("beacon", "1.0.0");
        samples.startsFirst("beacon", "1.1.0");
        offer();
        ModuleView module = updated();
        samples.deleteImage(manager.data(), "1.0.0");

        shouldComeBack(module, manager.command(module, Command.ROLLBACK));
        assertThat(manager.view(module).runtime().restarts())
                .isEqualTo(module.runtime().restarts());
    }

    /** It would run, and be another version than it is said to be. */
    @Test
    void shouldNotTakeAnotherImageForTheOneThatIsGone() throws IOException {
        offer();
        ModuleView module = updated();
        try (Engine client = fixture.engine().client()) {
            String present = samples.imageName(manager.data(), "1.1.0");
            String before = samples.imageName(manager.data(), "1.0.0");
            samples.deleteImage(manager.data(), "1.0.0");
            client.tag(client.image(present).orElseThrow().id(), before);
        }

        shouldComeBack(module, manager.command(module, Command.ROLLBACK));
    }

    @Test
    void shouldRefuseARollbackWhoseImageIsGoneWithItsArchive() throws IOException {
        offer();
        ModuleView module = updated();
        samples.deleteImage(manager.data(), "1.0.0");
        byte[] whole = Files.readAllBytes(archive(module, "1.0.0"));
        Files.write(archive(module, "1.0.0"), Arrays.copyOf(whole, whole.length / 2));

        Operation rollback = manager.command(module, Command.ROLLBACK);

        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.FAILED);
        assertThat(rollback.problem().orElseThrow().detail())
                .contains("The image " + TestLaunch.ARCHIVE + " of beacon 1.0.0", "is damaged");
        shouldGoOnAsItRan(module);
        Files.write(archive(module, "1.0.0"), whole);
        shouldComeBack(module, manager.command(module, Command.ROLLBACK));
    }

    @Test
    void shouldRefuseARollbackWhoseBaseImageIsGone() throws IOException {
        TestImage base = new TestImage().shell();
        SampleModule first = SampleModule.wellBehaved("beacon", "1.0.0");
        samples.image(
                "beacon",
                "1.0.0",
                TestImage.gzip(base.copy().file("run.sh", first.program()).delta(BASE, "7.0.0", 1)));
        byte[] whole = base.full(BASE + ":7.0.0");
        try (Engine client = fixture.engine().client()) {
            client.load(new ByteArrayInputStream(whole));
            manager.offer(first, SampleModule.wellBehaved("beacon", "1.1.0"));
            ModuleView module = updated();
            samples.deleteImage(manager.data(), "1.0.0");
            assertThat(client.removeImage(BASE + ":7.0.0")).isTrue();

            Operation rollback = manager.command(module, Command.ROLLBACK);

            assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.FAILED);
            assertThat(rollback.problem().orElseThrow().detail())
                    .contains("builds on " + BASE + ":7.0.0", "does not have", "Load that image first");
            shouldGoOnAsItRan(module);
            client.load(new ByteArrayInputStream(whole));
            shouldComeBack(module, manager.command(module, Command.ROLLBACK));
        }
    }

    @Test
    void shouldGoBackByItselfToAVersionWhoseImageIsGone() throws IOException {
        manager.offer(
                SampleModule.wellBehaved("beacon", "1.0.0"),
                SampleModule.of("beacon", "2.0.0", "exec sleep 1000\n")
                        .withProbe("{kind: exec, command: [/bin/test, -e, /never]}")
                        .startingWithin(5));
        ModuleView module = manager.install("beacon", "1.0.0");
        Operation update = manager.beginUpdate(module, "2.0.0");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> manager.modules().operation(update.id(), TestManager.CALLER).steps().stream()
                        .anyMatch(step -> step.id().equals("start:beacon") && step.status() == StepStatus.RUNNING));
        samples.deleteImage(manager.data(), "1.0.0");

        Operation ended = manager.await(update);

        assertThat(ended.status()).as("%s", ended).isEqualTo(Status.ROLLED_BACK);
        manager.awaitPhase(module, Phase.RUNNING);
        awaitPrinted(module, "version 1.0.0");
        assertThat(manager.view(module).version()).contains("1.0.0");
        samples.awaitTidy(manager.data(), 1);
    }
}

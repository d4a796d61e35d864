package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end with modules in containers of a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerScenarios {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RUN = "echo running; trap 'exit 0' TERM; while :; do sleep 0.1; done";
    private static final byte[] IMAGE = TestImage.gzip(new TestImage().shell().full("beacon:1"));

    private TestEngine engine;
    private Engine client;
    private ContainerRobot robot;

    abstract TestEngine begin() throws IOException;

    @BeforeAll
    void startEngine() throws IOException {
        engine = begin();
        client = engine.client();
    }

    @AfterAll
    void stopEngine() {
        if (engine != null) {
            client.close();
            engine.close();
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        robot = new ContainerRobot(folder, engine);
    }

    @AfterEach
    void close() {
        robot.close();
        client.find(Map.of()).forEach(client::remove);
        client.imageNames("localhost/").forEach(client::removeImage);
    }

    private ModuleView installed(String version) {
        Operation operation = robot.install("beacon", version);
        assertThat(operation.status()).as("%s", operation).isEqualTo(Status.SUCCEEDED);
        return robot.awaitPhase(operation.moduleId(), Phase.RUNNING);
    }

    @Test
    void shouldInstallRunAndRemove() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);

        ModuleView module = installed("1.0.0");

        assertThat(module.runtime().kind()).isEqualTo("container");
        await().atMost(SOON)
                .until(() -> robot.modules().logs(module.id(), 10, ContainerRobot.CALLER).stream()
                        .map(LogLine::text)
                        .toList()
                        .equals(List.of("running")));
        assertThat(robot.remove(module).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(client.find(Map.of())).isEmpty();
        await().atMost(SOON)
                .until(() -> client.imageNames("localhost/vyra-module/").isEmpty());
        assertThat(robot.data().resolve("modules").resolve(module.id())).doesNotExist();
    }

    @Test
    void shouldBringAKilledContainerBack() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);
        ModuleView module = installed("1.0.0");
        long pid = module.runtime().pid().orElseThrow();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        ModuleView back = await().atMost(SOON)
                .until(
                        () -> robot.view(module.id()),
                        view -> view.state().phase() == Phase.RUNNING
                                && view.runtime().pid().orElse(pid) != pid);
        assertThat(back.runtime().lastExit().orElseThrow().signal()).hasValue(9);
        assertThat(client.find(Map.of())).hasSize(1);
    }

    @Test
    void shouldUpdateAndRollBackWithTheImage() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);
        robot.offer(
                "beacon",
                "1.1.0",
                TestImage.gzip(new TestImage().shell().file("opt/new", "x").full("b:2")),
                RUN);
        ModuleView module = installed("1.0.0");

        Operation update = robot.update(module, "1.1.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.view(module.id()).version()).contains("1.1.0");
        assertThat(client.imageNames("localhost/vyra-module/")).hasSize(2);
        Operation rollback = robot.command(module, Command.ROLLBACK);
        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.view(module.id()).version()).contains("1.0.0");
        assertThat(client.find(Map.of())).hasSize(1);
    }

    @Test
    void shouldRollBackAnUpdateThatDoesNotLastWithItsData() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, "echo old > $MODULE_STORAGE/data; " + RUN);
        robot.offer("beacon", "2.0.0", IMAGE, "echo new > $MODULE_STORAGE/data; sleep 0.4; exit 7");
        ModuleView module = installed("1.0.0");
        Path data = robot.data().resolve("modules").resolve(module.id()).resolve("storage/data");
        await().atMost(SOON)
                .until(() -> Files.exists(data) && Files.readString(data).equals("old\n"));

        Operation update = robot.update(module, "2.0.0");

        assertThat(update.status()).as("%s", update).isEqualTo(Status.ROLLED_BACK);
        assertThat(update.problem().orElseThrow().detail()).contains("exit code 7");
        robot.awaitPhase(module.id(), Phase.RUNNING);
        assertThat(robot.view(module.id()).version()).contains("1.0.0");
        await().atMost(SOON).until(() -> Files.readString(data).equals("old\n"));
    }

    @Test
    void shouldRefuseADeltaWithoutItsBaseBeforeAnythingThatRunsIsTouched() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);
        byte[] delta = new TestImage().shell().file("opt/new", "x").delta("localhost/no/base", "1.2.3", 1);
        robot.offer("beacon", "1.1.0", TestImage.gzip(delta), RUN);
        ModuleView module = installed("1.0.0");

        Operation update = robot.update(module, "1.1.0");

        assertThat(update.status()).as("%s", update).isNotEqualTo(Status.SUCCEEDED);
        assertThat(update.problem().orElseThrow().detail()).contains("localhost/no/base:1.2.3");
        ModuleView after = robot.view(module.id());
        assertThat(after.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(after.runtime().restarts()).isZero();
    }

    @Test
    void shouldAdoptContainersAfterARestartOfTheManager() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);
        ModuleView module = installed("1.0.0");

        robot.restart(() -> {});

        ModuleView adopted = robot.awaitPhase(module.id(), Phase.RUNNING);
        assertThat(adopted.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(adopted.runtime().kind()).isEqualTo("container");
        assertThat(robot.command(module, Command.STOP).status()).isEqualTo(Status.SUCCEEDED);
        robot.awaitPhase(module.id(), Phase.STOPPED);
        assertThat(client.find(Map.of())).isEmpty();
    }

    @Test
    void shouldStartWithoutItsEngineAndFindTheContainersWhenItIsBack() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);
        ModuleView module = installed("1.0.0");

        robot.restart(engine::stop);

        assertThat(robot.view(module.id()).state().phase()).isNotEqualTo(Phase.RUNNING);
        engine.start();
        ModuleView found = robot.awaitPhase(module.id(), Phase.RUNNING);
        assertThat(found.runtime().pid()).isEqualTo(module.runtime().pid());
        assertThat(found.runtime().restarts()).isZero();
    }

    @Test
    void shouldSuspendAndResume() throws IOException {
        robot.offer("beacon", "1.0.0", IMAGE, RUN);
        ModuleView module = installed("1.0.0");

        assertThat(robot.command(module, Command.SUSPEND).status()).isEqualTo(Status.SUCCEEDED);
        robot.awaitPhase(module.id(), Phase.SUSPENDED);
        assertThat(robot.command(module, Command.RESUME).status()).isEqualTo(Status.SUCCEEDED);

        assertThat(robot.awaitPhase(module.id(), Phase.RUNNING).runtime().pid())
                .isEqualTo(module.runtime().pid());
    }
}

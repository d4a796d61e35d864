package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back to a version whose image the engine has lost. */
class RollbackWithoutImageTest {
    private final PaperEngine engine = new PaperEngine();
    private PaperRobot robot;
    private ModuleView module;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        robot = new PaperRobot(folder, engine);
        for (String version : new String[] {"1.0.0", "1.1.0"}) {
            byte[] image =
                    TestImage.gzip(new TestImage().file("opt/version", version).full("beacon:" + version));
            robot.offerBeside("beacon", version, "production", image, TestImage.sha256(image), "run");
        }
        String id = robot.install("beacon", "1.0.0").moduleId();
        Operation update = robot.await(robot.modules()
                .change(
                        id,
                        new ModuleChange(
                                Optional.empty(),
                                Optional.of("1.1.0"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        "*",
                        CommandContext.of(PaperRobot.CALLER)));
        assertThat(update.status()).as("%s", update).isEqualTo(Status.SUCCEEDED);
        module = robot.awaitPhase(id, Phase.RUNNING);
        assertThat(engine.removeImage(imageName())).isTrue();
    }

    @AfterEach
    void close() {
        robot.close();
    }

    private String imageName() {
        return engine.imageNames("localhost/vyra-module/").stream()
                .filter(name -> name.endsWith(":1.0.0"))
                .findFirst()
                .orElseThrow();
    }

    private Operation rolledBack() {
        return robot.await(
                robot.modules().command(module.id(), Command.ROLLBACK, CommandContext.of(PaperRobot.CALLER)));
    }

    @Test
    void shouldMakeTheImageAgain() {
        Operation rollback = rolledBack();

        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.view(module.id()).version()).contains("1.0.0");
        assertThat(engine.image(imageName())).isPresent();
    }

    @Test
    void shouldRefuseWhatCannotBeMadeAgainWhileThePresentVersionGoesOn() throws IOException {
        Path archive = robot.data()
                .resolve("modules")
                .resolve(module.id())
                .resolve("versions/1.0.0")
                .resolve(Image.Offered.FILE);
        Files.delete(archive);

        Operation rollback = rolledBack();

        assertThat(rollback.status()).as("%s", rollback).isEqualTo(Status.FAILED);
        assertThat(rollback.problem().orElseThrow().detail())
                .contains("The image " + Image.Offered.FILE + " of beacon 1.0.0", "is missing");
        ModuleView after = robot.view(module.id());
        assertThat(after.version()).contains("1.1.0");
        assertThat(after.state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(after.runtime().restarts()).isEqualTo(module.runtime().restarts());
        assertThat(after.state().since()).isEqualTo(module.state().since());
    }
}

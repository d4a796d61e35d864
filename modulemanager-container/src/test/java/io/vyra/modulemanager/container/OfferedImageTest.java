package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages whose image is named in the repository's index only, and lies beside them. */
class OfferedImageTest {
    private static final TestImage MODULE =
            new TestImage().file("etc/os", "base").file("opt/run", "module");
    private static final byte[] IMAGE = TestImage.gzip(MODULE.full("beacon:1"));

    private final PaperEngine engine = new PaperEngine();
    private PaperRobot robot;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        robot = new PaperRobot(folder, engine);
    }

    @AfterEach
    void close() {
        robot.close();
    }

    @Test
    void shouldRunInTheImageBesideThePackage() throws IOException {
        robot.offerBeside("beacon", "1.0.0", "production", IMAGE, TestImage.sha256(IMAGE), "run");

        Operation operation = robot.install("beacon", "1.0.0");

        assertThat(operation.status()).as("%s", operation).isEqualTo(Status.SUCCEEDED);
        robot.awaitPhase(operation.moduleId(), Phase.RUNNING);
        assertThat(engine.imageNames("localhost/vyra-module/"))
                .singleElement()
                .satisfies(name -> assertThat(engine.image(name))
                        .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(MODULE.id())));
        assertThat(robot.data()
                        .resolve("modules")
                        .resolve(operation.moduleId())
                        .resolve("versions/1.0.0")
                        .resolve(Image.Offered.FILE))
                .hasBinaryContent(IMAGE);
    }

    @Test
    void shouldRebuildADeltaBesideThePackage() throws IOException {
        engine.load(
                new ByteArrayInputStream(new TestImage().file("etc/os", "base").full("vyra/base:2.0.0")));
        byte[] delta = TestImage.gzip(MODULE.delta("vyra/base", "2.0.0", 1));
        robot.offerBeside("beacon", "1.0.0", "production", delta, TestImage.sha256(delta), "run");

        Operation operation = robot.install("beacon", "1.0.0");

        assertThat(operation.status()).as("%s", operation).isEqualTo(Status.SUCCEEDED);
        assertThat(engine.imageNames("localhost/vyra-module/")).hasSize(1);
    }

    @Test
    void shouldWarnAboutAnImageThatNothingVerifies() throws IOException {
        robot.offerBeside("beacon", "1.0.0", "production", IMAGE, "", "run");

        Operation operation = robot.install("beacon", "1.0.0");

        assertThat(operation.status()).as("%s", operation).isEqualTo(Status.SUCCEEDED);
        assertThat(operation.toString())
                .contains("has no checksum for beacon (image production) 1.0.0, so its content could not be verified");
    }

    @Test
    void shouldRefuseAnImageThatIsNotWhatTheIndexSays() throws IOException {
        robot.offerBeside("beacon", "1.0.0", "production", IMAGE, "0".repeat(64), "run");

        Operation operation = robot.install("beacon", "1.0.0");

        assertThat(operation.status()).isNotEqualTo(Status.SUCCEEDED);
        assertThat(operation.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.CHECKSUM_MISMATCH);
            assertThat(problem.detail()).contains("beacon (image production)", TestImage.sha256(IMAGE), "0".repeat(64));
        });
        assertThat(engine.imageNames("localhost/vyra-module/")).isEmpty();
        assertThat(robot.data().resolve("staging")).isEmptyDirectory();
    }

    @Test
    void shouldSayThatTheRepositoryOffersAnotherImage() throws IOException {
        robot.offerBeside("beacon", "1.0.0", "slim-production", IMAGE, "", "run");

        Operation operation = robot.install("beacon", "1.0.0");

        assertThat(operation.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PACKAGE);
            assertThat(problem.detail())
                    .contains("the image 'slim-production'", "/image/variant", "repository test offers production");
        });
    }
}

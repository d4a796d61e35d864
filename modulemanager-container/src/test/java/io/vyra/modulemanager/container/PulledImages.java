package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.settings.ReadyImage;
import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images that a real engine fetches from a real registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PulledImages {
    private static final ModuleId MODULE = ModuleId.random("camera");
    private static final TestImage IMAGE =
            new TestImage().file("etc/os", "base").file("opt/run", "module");

    private TestEngine engine;
    private Engine client;
    private TestRegistry registry;
    private Path folder;

    abstract TestEngine begin() throws IOException;

    @BeforeAll
    void start(@TempDir Path work) throws IOException {
        folder = work;
        registry = new TestRegistry(work);
        engine = begin();
        client = engine.client();
    }

    @AfterAll
    void stop() {
        if (engine != null) {
            client.close();
            engine.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    private ModuleImages images(boolean pull) {
        return new ModuleImages(
                client,
                "0123456789ab",
                new ModuleImages.Rules(pull, Duration.ofSeconds(60), 1 << 30, folder.resolve("scratch")));
    }

    private void shouldRefuse(ModuleImages images, String name, ProblemType type, String... words) {
        assertThatThrownBy(() -> images.prepare(MODULE, "1.0.0", new Image.Reference(name), folder))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().type()).isEqualTo(type);
                    assertThat(failure.problem().detail()).contains(words);
                });
        assertThat(client.image(name)).isEmpty();
    }

    @Test
    void shouldFetchByTag() throws IOException {
        registry.push("vyra/tagged", "1.0.0", IMAGE);
        String name = registry.name("vyra/tagged:1.0.0");

        images(true).prepare(MODULE, "1.0.0", new Image.Reference(name), folder);

        assertThat(client.image(name)).hasValueSatisfying(found -> {
            assertThat(found.id()).endsWith(IMAGE.id().substring("sha256:".length()));
            assertThat(found.layers()).isEqualTo(IMAGE.diffIds());
        });
        assertThat(images(false).require(MODULE, "1.0.0", new Image.Reference(name), folder))
                .isEqualTo(new ReadyImage(name, Set.of()));
    }

    @Test
    void shouldFetchByDigestWhichCanBeNoOtherImage() throws IOException {
        String digest = registry.push("vyra/digested", "1.0.0", IMAGE);
        registry.push("vyra/digested", "1.0.0", new TestImage().file("etc/os", "moved tag"));
        String name = registry.name("vyra/digested@" + digest);

        images(true).prepare(MODULE, "1.0.0", new Image.Reference(name), folder);

        assertThat(client.image(name))
                .hasValueSatisfying(found -> assertThat(found.layers()).isEqualTo(IMAGE.diffIds()));
    }

    @Test
    void shouldFetchNothingUnlessItMay() throws IOException {
        registry.push("vyra/forbidden", "1", IMAGE);

        shouldRefuse(
                images(false),
                registry.name("vyra/forbidden:1"),
                ProblemType.UNSUPPORTED_PLATFORM,
                "vyra/forbidden:1",
                "vyra.container.pull");
    }

    @Test
    void shouldSayThatTheRegistryHasNoSuchImage() {
        String name = registry.name("vyra/nowhere:1");

        shouldRefuse(images(true), name, ProblemType.REPOSITORY_UNREACHABLE, name + " of camera was not fetched");
    }

    @Test
    void shouldSayThatTheRegistryDoesNotAnswer() {
        shouldRefuse(
                images(true), "127.0.0.1:1/vyra/camera:1", ProblemType.REPOSITORY_UNREACHABLE, "connection refused");
    }

    /** Others may use it, too; whoever fetched it last knows nothing of that. */
    @Test
    void shouldLeaveAFetchedImageToTheEngine() throws IOException {
        registry.push("vyra/shared", "1", IMAGE);
        String name = registry.name("vyra/shared:1");
        ModuleImages images = images(true);
        images.prepare(MODULE, "1.0.0", new Image.Reference(name), folder);

        images.retain(Map.of());

        assertThat(client.image(name)).isPresent();
    }
}

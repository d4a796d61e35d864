package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.engine.EngineLimits;
import io.vyra.modulemanager.module.Manifest.Requirements;
import io.vyra.modulemanager.module.Manifest.Resources;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine cannot do is said, whether it says so itself or not. */
class EngineAbilityTest {
    private static final EngineFacts ROOTLESS = new EngineFacts(
            EngineFacts.Kind.PODMAN,
            "4.3.1",
            "1",
            "overlay",
            Optional.empty(),
            new EngineLimits(false, false, false, true));

    private final ModuleId module = ModuleId.random("camera");
    private final PaperEngine engine = new PaperEngine();
    private TestGround ground;
    private ContainerRuntime runtime;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        ground = new TestGround(folder);
        ground.image(TestImage.gzip(new TestImage().file("opt/run", "module").full("camera:1")));
        runtime = ground.runtime(engine, "host");
    }

    @AfterEach
    void close() {
        runtime.close();
        ground.close();
    }

    private TestLaunch launch(Resources resources, boolean gpu) {
        return TestLaunch.of(module, ground.module())
                .limits(resources, new Requirements(List.of(), List.of(), 0, gpu, List.of()));
    }

    @Test
    void shouldTellWhichLimitsNothingEnforces() {
        engine.is(ROOTLESS);
        Resources resources =
                new Resources(Optional.of(0.5), Optional.of(64L << 20), Optional.of(0.25), Optional.of(32L << 20));

        assertThat(runtime.start(launch(resources, false).build()).unenforcedLimits())
                // What the engine itself says comes first.
                .filteredOn(words -> !words.equals("no swap limit"))
                .extracting(words -> words.substring(0, words.indexOf(':')))
                .containsExactly(
                        "memory_limit", "memory_reservation", "cpu_limit", "cpu_reservation", "number of processes");
        assertThat(runtime.limitSupport().mechanism()).isEqualTo("none");
        assertThat(runtime.limitSupport().reason()).isPresent();
    }

    @Test
    void shouldTellNothingWhereEverythingIsEnforced() {
        Resources resources =
                new Resources(Optional.of(0.5), Optional.of(64L << 20), Optional.empty(), Optional.empty());

        assertThat(runtime.start(launch(resources, false).build()).unenforcedLimits())
                .containsExactly("no swap limit");
        assertThat(runtime.limitSupport().reason()).isEmpty();
    }

    @Test
    void shouldRefuseAGpuWhereTheEngineWouldLeaveItOut() {
        engine.is(ROOTLESS);

        assertThatThrownBy(() -> runtime.start(launch(Resources.NONE, true).build()))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().type()).isEqualTo(ProblemType.UNSUPPORTED_PLATFORM);
                    assertThat(failure.problem().detail()).contains("needs a GPU", "Run it with Docker");
                });
        assertThat(engine.commands()).doesNotContain("create");
    }
}

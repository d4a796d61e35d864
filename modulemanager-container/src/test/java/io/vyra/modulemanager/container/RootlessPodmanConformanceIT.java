package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.RuntimeBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Podman of a user without any rights, with the same conformance suite. */
@Tag("slow")
class RootlessPodmanConformanceIT extends ContainerConformance {
    private TestUser user;

    @Override
    TestEngine begin() throws IOException {
        user = new TestUser();
        return TestEngine.rootlessPodman(user);
    }

    @Override
    @AfterAll
    void stopEngine() {
        super.stopEngine();
        if (user != null) {
            user.close();
        }
    }

    /** The storage of a manager that runs as this user is his, too. */
    @Override
    protected RuntimeBench open(Path folder) throws IOException {
        RuntimeBench bench = super.open(folder);
        user.giveTo(folder);
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        return bench;
    }

    /** The kernel gives a user none of version 1; what is done with them cannot be done then. */
    private boolean hasControlGroups() {
        try (Engine client = engine().client()) {
            return client.facts().limits().memory();
        }
    }

    @Override
    String limitMechanism() {
        return hasControlGroups() ? "cgroup-v2" : "none";
    }

    @Override
    @Test
    protected void shouldPauseAndResume() throws Exception {
        if (hasControlGroups()) {
            super.shouldPauseAndResume();
            return;
        }
        ModuleProcess process = start(bench().shell(
                        bench().module("restless"), 1, "trap 'exit 6' TERM; echo ready; while :; do sleep 0.05; done"));
        awaitLog("ready");

        assertThatThrownBy(process::pause).isInstanceOf(ProblemException.class).hasMessageContaining("cgroup");

        assertThat(process.isPaused()).isFalse();
        process.requestStop("TERM");
        assertThat(end(process).code()).hasValue(6);
    }

    @Override
    @Test
    protected void shouldTellItsUseOfResources() {
        if (hasControlGroups()) {
            super.shouldTellItsUseOfResources();
            return;
        }
        ModuleProcess process = start(bench().shell(bench().module("unmeasured"), 1, "sleep 600"));

        assertThat(process.usage()).isEmpty();
        assertThat(process.usage()).isEmpty();
    }

    /** Without a memory limit it would take all that the machine has. */
    @Override
    @Test
    void shouldTellThatMemoryRanOut() throws Exception {
        if (hasControlGroups()) {
            super.shouldTellThatMemoryRanOut();
            return;
        }
        Manifest.Resources resources =
                new Manifest.Resources(Optional.of(0.5), Optional.of(16L << 20), Optional.empty(), Optional.empty());

        ModuleProcess process = start(containers()
                .launch(bench().module("unlimited"), 1)
                .limits(resources, Manifest.Requirements.NONE)
                .running(List.of("/bin/sh"), "-c", "sleep 600")
                .build());

        assertThat(process.unenforcedLimits())
                .anyMatch(words -> words.startsWith("memory_limit: the container engine runs without root"))
                .anyMatch(words -> words.startsWith("cpu_limit: the container engine runs without root"));
        assertThat(bench().runtime().limitSupport().reason()).isPresent();
    }

    @Test
    void shouldRunAsTheUserAndNotAsRoot() throws Exception {
        ModuleProcess process = start(bench().shell(bench().module("humble"), 1, "echo ready; sleep 600"));
        awaitLog("ready");

        Path proc = Path.of("/proc", Long.toString(process.identity().pid()));
        assertThat(Files.getOwner(proc).getName()).isEqualTo(user.name());
    }

    @Test
    void shouldLetTheModuleWriteItsStorageAsTheManagersUser() throws Exception {
        end(start(bench().shell(bench().module("writer"), 1, "touch /storage/mine")));

        assertThat(Files.getOwner(bench().shared().resolve("mine")).getName()).isEqualTo(user.name());
    }
}

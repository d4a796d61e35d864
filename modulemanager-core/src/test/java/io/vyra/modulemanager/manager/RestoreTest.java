package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.state.Backups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restored older state loses nothing that came after it. */
class RestoreTest {
    @TempDir
    Path folder;

    private TestManager manager;

    @BeforeEach
    void begin() throws IOException {
        manager = new TestManager(folder);
        manager.offer(SampleModule.wellBehaved("beacon", "1.0.0"));
    }

    @AfterEach
    void end() {
        manager.close();
    }

    private void restore(Path copy) {
        manager.assembly().close();
        new Backups(manager.data(), Clock.systemUTC()).restore(copy);
        manager.start();
    }

    private Path replaced() throws IOException {
        try (Stream<Path> backups = Files.list(manager.data().resolve("backups"))) {
            return backups.filter(file -> file.getFileName().toString().startsWith("replaced-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldEndButNotDeleteAModuleThatTheRestoredStateDoesNotKnow() throws IOException {
        Path older = manager.assembly().backups().take(manager.assembly().database());
        ModuleView installed = manager.install("beacon", "1.0.0");
        long pid = installed.runtime().pid().orElseThrow();
        Path data = manager.data().resolve("modules").resolve(installed.id()).resolve("storage/precious");
        Files.writeString(data, "data");

        restore(older);

        assertThat(manager.modules().modules(TestManager.CALLER)).isEmpty();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(data).hasContent("data");

        restore(replaced());

        ModuleView back = manager.awaitPhase(installed, Phase.RUNNING);
        assertThat(back.id()).isEqualTo(installed.id());
        assertThat(data).hasContent("data");
    }
}

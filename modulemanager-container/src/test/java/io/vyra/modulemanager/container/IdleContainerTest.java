package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole manager learns what becomes of containers from the engine's events: it asks for nothing that it was not told of. */
class IdleContainerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Three times as long as the manager waits before it repeats a question that was not answered. */
    private static final Duration QUIET = Duration.ofMillis(1_500);

    private static final byte[] IMAGE =
            TestImage.gzip(new TestImage().file("etc/os", "base").full("beacon:1"));

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

    private Operation installed() throws IOException {
        robot.offerBeside("beacon", "1.0.0", "production", IMAGE, TestImage.sha256(IMAGE), "run");
        Operation operation = robot.install("beacon", "1.0.0");
        robot.awaitPhase(operation.moduleId(), Phase.RUNNING);
        return operation;
    }

    private List<String> commands() {
        return engine.commands();
    }

    /** Until nothing was asked for a while; returns how much was asked until then. */
    private int quiet() {
        int[] seen = {-1};
        await().during(QUIET).atMost(SOON).until(() -> {
            int now = commands().size();
            boolean isSame = now == seen[0];
            seen[0] = now;
            return isSame;
        });
        return seen[0];
    }

    @Test
    void shouldAskNothingWhileAContainerRunsAndNothingHappens() throws IOException {
        installed();

        int settled = quiet();

        await().during(QUIET).atMost(SOON).until(() -> commands().size() == settled);
    }

    @Test
    void shouldLookOnceForEachEvent() throws IOException {
        installed();
        String container = engine.all().getFirst().id();
        int settled = quiet();

        engine.happen(container);
        engine.happen(container);

        quiet();
        assertThat(commands().subList(settled, commands().size())).containsExactly("inspect", "inspect");
    }
}

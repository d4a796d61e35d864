package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole manager tells containers of where it and its bus are. */
class ToldAddressesTest {
    private static final byte[] IMAGE =
            TestImage.gzip(new TestImage().file("etc/os", "base").full("beacon:1"));

    @TempDir
    Path folder;

    private Map<String, String> told(String network) throws IOException {
        PaperEngine engine = new PaperEngine();
        try (PaperRobot robot = new PaperRobot(folder, engine, network)) {
            robot.bus("tcp/127.0.0.1:7447", "tcp/10.0.0.2:7447");
            robot.offerBeside("beacon", "1.0.0", "production", IMAGE, TestImage.sha256(IMAGE), "run");
            Operation operation = robot.install("beacon", "1.0.0");
            robot.awaitPhase(operation.moduleId(), Phase.RUNNING);
        }
        return engine.created().getFirst().environment();
    }

    @Test
    void shouldTellThemAllInTheMachinesNetwork() throws IOException {
        assertThat(told("host"))
                .containsEntry("ZENOH_CONNECT", "tcp/127.0.0.1:7447,tcp/10.0.0.2:7447")
                .hasEntrySatisfying("MM_URL", url -> assertThat(url).contains("127.0.0.1"))
                .containsKeys("MM_TOKEN", "MM_BUS_PASSWORD");
    }

    @Test
    void shouldTellOnlyThoseThatABridgedContainerReaches() throws IOException {
        assertThat(told("bridge"))
                .containsEntry("ZENOH_CONNECT", "tcp/10.0.0.2:7447")
                .doesNotContainKey("MM_URL")
                .containsKeys("MM_TOKEN", "MM_BUS_PASSWORD");
    }
}

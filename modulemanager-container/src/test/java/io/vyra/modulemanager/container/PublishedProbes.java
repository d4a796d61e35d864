package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Probes of modules that are bridged and publish their ports, in a network of the test's own: see {@link ProbeRun}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PublishedProbes {
    private static final long PATIENCE_SECONDS = 300;

    private NetworkNamespace network;
    private TestEngine engine;

    abstract TestEngine begin(NetworkNamespace in) throws IOException;

    @BeforeAll
    void startEngine() throws IOException {
        network = new NetworkNamespace();
        engine = begin(network);
    }

    @AfterAll
    void stopEngine() throws IOException {
        if (engine != null) {
            engine.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ProbeRun.Case.class)
    void shouldTellWhetherTheModuleAnswersBehindItsPublishedPort(ProbeRun.Case what, @TempDir Path folder)
            throws IOException, InterruptedException {
        Process run = network.start(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ProbeRun.class.getName(),
                folder.toString(),
                engine.address().toString(),
                what.name());
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue())
                .as(() -> String.join("\n", List.of(what.name(), said)))
                .isZero();
    }
}

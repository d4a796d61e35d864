package io.vyra.modulemanager.benchmark.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.benchmark.BenchmarkCommand;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Result;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs it with tiny sizes: it must work, its figures mean nothing. Root's, because it starts an engine. */
@Tag("slow")
class ContainersBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMeasureStartsThroughRestAndOfTheEngineAlone() throws Exception {
        Scene scene =
                new Scene(Path.of(System.getProperty("checkout")), folder.resolve("w"), Optional.empty(), Scale.TINY);

        Result result = BenchmarkCommand.measure(new ContainersBenchmark(), scene);

        assertThat(result.distributions()).hasSize(3);
        assertThat(result.distributions().subList(0, 2))
                .allMatch(it -> it.count() == Scale.TINY.containerRounds() && it.min() > 0);
        assertThat(result.verdicts()).hasSize(1);
    }
}

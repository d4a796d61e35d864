package io.vyra.modulemanager.benchmark.zenoh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.benchmark.BenchmarkCommand;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Report;
import io.vyra.modulemanager.benchmark.result.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs it with tiny sizes: it must work, its figures mean nothing. */
class ZenohBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMeasureEveryPairOnEveryWay() throws Exception {
        Scene scene =
                new Scene(Path.of(System.getProperty("checkout")), folder.resolve("w"), Optional.empty(), Scale.TINY);

        Result result = BenchmarkCommand.measure(new ZenohBenchmark(), scene);

        for (String who : List.of(Cast.OURS, Cast.PYTHON, Cast.MIXED)) {
            for (String way : List.of(Cast.DIRECT, Cast.THROUGH_OURS, Cast.THROUGH_PYTHON)) {
                assertThat(result.distributions())
                        .filteredOn(it -> it.name().startsWith(who + ", " + way + ":"))
                        .as("%s, %s", who, way)
                        .hasSize(4)
                        .allMatch(it -> it.min() > 0);
            }
        }
        assertThat(result.facts()).noneMatch(it -> it.name().contains("without an answer"));
        assertThat(result.verdicts()).hasSize(11).allMatch(it -> it.value() >= 0);
        assertThat(Report.page(List.of(result))).contains("## zenoh", "sizes that mean nothing");
    }
}

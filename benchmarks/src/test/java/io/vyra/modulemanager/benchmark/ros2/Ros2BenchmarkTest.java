package io.vyra.modulemanager.benchmark.ros2;

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
class Ros2BenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMeasureEveryPair() throws Exception {
        Scene scene =
                new Scene(Path.of(System.getProperty("checkout")), folder.resolve("w"), Optional.empty(), Scale.TINY);

        Result result = BenchmarkCommand.measure(new Ros2Benchmark(), scene);

        for (String pair : List.of(
                "ours → ours",
                "ours → Cyclone DDS",
                "Cyclone DDS → ours",
                "ours → Fast DDS",
                "Fast DDS → ours",
                "Cyclone DDS → Cyclone DDS",
                "Fast DDS → Fast DDS")) {
            assertThat(result.distributions())
                    .filteredOn(it -> it.name().startsWith(pair + ":"))
                    .as(pair)
                    .hasSize(3)
                    .allMatch(it -> it.min() > 0);
        }
        assertThat(result.distributions())
                .filteredOn(it -> it.name().endsWith("to its first sample"))
                .hasSize(3);
        assertThat(result.facts()).hasSize(2);
        assertThat(result.verdicts()).hasSize(5).allMatch(it -> it.value() >= 0);
        assertThat(Report.page(List.of(result))).contains("## ros2", "sizes that mean nothing");
    }
}

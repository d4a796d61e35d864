package io.vyra.modulemanager.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.benchmark.core.InstallBenchmark;
import io.vyra.modulemanager.benchmark.core.SoakBenchmark;
import io.vyra.modulemanager.benchmark.core.SpawnBenchmark;
import io.vyra.modulemanager.benchmark.peer.RecoveryBenchmark;
import io.vyra.modulemanager.benchmark.result.Report;
import io.vyra.modulemanager.benchmark.result.Result;
import io.vyra.modulemanager.benchmark.result.ResultFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the benchmarks of the core with tiny sizes: they must work, their figures mean nothing. */
class CoreBenchmarksTest {
    @TempDir
    private Path folder;

    static Stream<Benchmark> benchmarks() {
        return Stream.of(new SpawnBenchmark(), new RecoveryBenchmark(), new InstallBenchmark(), new SoakBenchmark());
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void shouldMeasureAndReport(Benchmark benchmark) throws Exception {
        Scene scene =
                new Scene(Path.of(System.getProperty("checkout")), folder.resolve("w"), Optional.empty(), Scale.TINY);

        Result result = BenchmarkCommand.measure(benchmark, scene);

        ResultFiles.write(folder, result);
        assertThat(ResultFiles.read(folder, List.of(benchmark.name()))).containsExactly(result);
        assertThat(result.verdicts()).isNotEmpty();
        assertThat(result.scale()).isEqualTo("tiny");
        assertThat(Report.page(List.of(result))).contains("## " + benchmark.name(), "sizes that mean nothing");
    }
}

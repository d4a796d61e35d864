package io.vyra.modulemanager.benchmark;

import io.vyra.modulemanager.benchmark.core.InstallBenchmark;
import io.vyra.modulemanager.benchmark.core.SoakBenchmark;
import io.vyra.modulemanager.benchmark.core.SpawnBenchmark;
import io.vyra.modulemanager.benchmark.image.ImagesBenchmark;
import io.vyra.modulemanager.benchmark.peer.RecoveryBenchmark;
import io.vyra.modulemanager.benchmark.result.Findings;
import io.vyra.modulemanager.benchmark.result.Report;
import io.vyra.modulemanager.benchmark.result.Result;
import io.vyra.modulemanager.benchmark.result.ResultFiles;
import io.vyra.modulemanager.benchmark.ros2.Ros2Benchmark;
import io.vyra.modulemanager.benchmark.service.ContainersBenchmark;
import io.vyra.modulemanager.benchmark.service.EventsBenchmark;
import io.vyra.modulemanager.benchmark.service.ModulesListBenchmark;
import io.vyra.modulemanager.benchmark.service.SlimIdleBenchmark;
import io.vyra.modulemanager.benchmark.service.StartBenchmark;
import io.vyra.modulemanager.benchmark.zenoh.ZenohBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command behind {@code ./mm bench}: {@code list}, {@code measure NAME} or {@code report}. */
public final class BenchmarkCommand {
    public static final List<Benchmark> BENCHMARKS = List.of(
            new SpawnBenchmark(),
            new RecoveryBenchmark(),
            new ModulesListBenchmark(),
            new EventsBenchmark(),
            new InstallBenchmark(),
            new StartBenchmark(),
            new SoakBenchmark(),
            new ZenohBenchmark(),
            new SlimIdleBenchmark(),
            new Ros2Benchmark(),
            new ContainersBenchmark(),
            ImagesBenchmark.IMAGES,
            ImagesBenchmark.BUILDS);

    private BenchmarkCommand() {}

    private static final class Options {
        private Path checkout = Path.of("");
        private Path out = Path.of("benchmarks/results");
        private Path work = Path.of("benchmarks/target/w");
        private Optional<Path> aotCache = Optional.empty();
        private Scale scale = Scale.FULL;
        private final List<String> names = new ArrayList<>();

        static Options parse(List<String> arguments) {
            Options options = new Options();
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case "--checkout" -> options.checkout = Path.of(arguments.get(++i));
                    case "--out" -> options.out = Path.of(arguments.get(++i));
                    case "--work" -> options.work = Path.of(arguments.get(++i));
                    case "--aot-cache" -> options.aotCache = Optional.of(Path.of(arguments.get(++i)));
                    case "--tiny" -> options.scale = Scale.TINY;
                    default -> options.names.add(arguments.get(i));
                }
            }
            return options;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(List.of(arguments).subList(1, arguments.length));
        switch (arguments[0]) {
            case "list" -> BENCHMARKS.forEach(benchmark -> System.out.println(benchmark.name()));
            case "measure" -> System.exit(measure(options) ? 0 : 1);
            case "report" -> report(options);
            default -> throw new IllegalArgumentException("list, measure and report are known, not " + arguments[0]);
        }
    }

    private static boolean measure(Options options) throws IOException {
        boolean good = true;
        for (String name : options.names) {
            Benchmark benchmark = BENCHMARKS.stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no benchmark " + name));
            System.out.printf("%n%s: %s%n", benchmark.name(), benchmark.title());
            Path work = options.work;
            Scene.delete(work);
            Files.createDirectories(work);
            try {
                Result result = measure(benchmark, new Scene(options.checkout, work, options.aotCache, options.scale));
                ResultFiles.write(options.out, result);
                System.out.print(Report.inWords(result));
                // With tiny sizes a missed target means nothing.
                good &= result.isGood() || !options.scale.isFull();
                Scene.delete(work);
            } catch (Exception e) {
                // The process's edge: the other benchmarks must still run. What was written stays for a look at it.
                e.printStackTrace();
                good = false;
            }
        }
        return good;
    }

    /** Runs one benchmark and gives its result. */
    public static Result measure(Benchmark benchmark, Scene scene) throws Exception {
        Findings findings = new Findings(benchmark.name(), benchmark.title(), scene.scale());
        benchmark.run(scene, findings);
        return findings.result();
    }

    private static void report(Options options) throws IOException {
        Path page = options.checkout.resolve("docs/benchmarks.md");
        Files.writeString(
                page,
                Report.page(ResultFiles.read(
                        options.out, BENCHMARKS.stream().map(Benchmark::name).toList())));
        System.out.println("Written: " + page);
    }
}

package io.vyra.modulemanager.benchmark.core;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Installation of a large package, beside the commands that do the least of the same work. */
public final class InstallBenchmark implements Benchmark {
    private static final double TARGET_RATIO = 1.5;

    @Override
    public String name() {
        return "install";
    }

    @Override
    public String title() {
        return "Installation of a 100 MB package from a file repository, and sha256sum + tar x + sync of the same file";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        int rounds = scene.scale().installRounds();
        Path folder = scene.emptyFolder("i");
        double[] commands = new double[rounds];
        double[] installs = new double[rounds];
        double[] ratios = new double[rounds];
        try (CoreManager manager = new CoreManager(folder, scene.shim())) {
            MixedPackage sample = new MixedPackage("v2_large", scene.scale().packageMebibytes());
            Path tree = sample.writeTo(folder.resolve("trees"));
            Path file = manager.offer(List.of(tree)).getFirst().file();
            findings.fact("package", String.format(Locale.ROOT, "%.1f MB", Files.size(file) / 1e6));
            findings.fact("unpacked", describe(tree));
            // The first installation and the first commands load code and fill the page cache with the package.
            for (int round = -1; round < rounds; round++) {
                int slot = Math.max(0, round);
                commands[slot] = commands(file, folder.resolve("unpacked"));
                installs[slot] = install(manager, sample.name());
                ratios[slot] = installs[slot] / commands[slot];
            }
        }
        Distribution least = findings.distribution("sha256sum + tar x + sync", "s", commands);
        Distribution install = findings.distribution("install operation", "s", installs);
        Distribution ratio = findings.distribution("ratio within a pair", "", ratios);
        findings.verdict(
                "install over sha256sum + tar x + sync, medians", install.median() / least.median(), "×", TARGET_RATIO);
        findings.fact("median of the ratios within pairs", String.format(Locale.ROOT, "%.2f", ratio.median()));
        findings.note(
                "In turn, on the same file system, with nothing unwritten before each (`sync`) and the package in the page cache for both. "
                        + "`tar` unpacks with `gzip` beside it, on two cores; `sync` is `sync -f`, which waits for this file system only.");
        findings.note("70 % of the package are files that do not compress, 25 % text, 5 % small files of 4 KiB.");
    }

    private static double commands(Path file, Path target) throws IOException, InterruptedException {
        Scene.delete(target);
        Files.createDirectories(target);
        sh("sync -f \"$1\"", target);
        long begin = System.nanoTime();
        sh("sha256sum \"$2\" >/dev/null && tar -xzf \"$2\" -C \"$1\" && sync -f \"$1\"", target, file);
        double took = (System.nanoTime() - begin) / 1e9;
        Scene.delete(target);
        return took;
    }

    private static double install(CoreManager manager, String name) throws IOException, InterruptedException {
        sh("sync -f \"$1\"", manager.data());
        long begin = System.nanoTime();
        ModuleView module = manager.install(name);
        double took = (System.nanoTime() - begin) / 1e9;
        manager.remove(module);
        // The manager would empty it in the background, possibly while something is measured.
        Scene.delete(manager.data().resolve("trash"));
        return took;
    }

    private static void sh(String script, Path... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("sh", "-c", script, "sh"),
                        Stream.of(arguments).map(Path::toString))
                .toList();
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(script + " ended with " + code);
        }
    }

    private static String describe(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            long[] sizes = files.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .toArray();
            long bytes = Arrays.stream(sizes).sum();
            return String.format(Locale.ROOT, "%.1f MB in %d files", bytes / 1e6, sizes.length);
        }
    }
}

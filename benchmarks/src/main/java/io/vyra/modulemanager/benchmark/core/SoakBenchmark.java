package io.vyra.modulemanager.benchmark.core;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Start, crash and stop again and again: threads, open files and memory must level off. */
public final class SoakBenchmark implements Benchmark {
    private static final double MEBIBYTE = 1 << 20;
    private static final double ALLOWED_THREADS = 1;
    private static final double ALLOWED_FILES = 1;
    private static final double ALLOWED_RSS_MEBIBYTES = 4;
    private static final double ALLOWED_HEAP_MEBIBYTES = 1;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String title() {
        return "1,000 cycles of start, crash, restart and stop: threads, file descriptors and memory level off";
    }

    private record Sample(double threads, double files, double rss, double heap, double folder) {
        static Sample now(Path data) throws IOException {
            // A full collection, so that the heap shows what is kept and not what is not collected yet.
            System.gc();
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"));
                    Stream<Path> written = Files.walk(data)) {
                return new Sample(
                        ProcessStatus.number("self", "Threads"),
                        files.count(),
                        ProcessStatus.number("self", "VmRSS") / 1024,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE,
                        written.mapToLong(path -> path.toFile().length()).sum() / MEBIBYTE);
            }
        }
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        int cycles = scene.scale().soakCycles();
        int every = Math.max(1, cycles / scene.scale().soakSamples());
        List<Sample> samples = new ArrayList<>();
        long begin = System.nanoTime();
        try (CoreManager manager = new CoreManager(scene.emptyFolder("k"), scene.shim())) {
            ModuleView module = manager.install(SampleTree.idle("v2_soaked"));
            for (int cycle = 1; cycle <= cycles; cycle++) {
                cycle(manager, module);
                if (cycle % every == 0) {
                    samples.add(Sample.now(manager.data()));
                }
            }
        }
        findings.fact("cycles", cycles + " in " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
        judge("threads", "", samples, Sample::threads, ALLOWED_THREADS, findings);
        judge("file descriptors", "", samples, Sample::files, ALLOWED_FILES, findings);
        judge("RSS", "MiB", samples, Sample::rss, ALLOWED_RSS_MEBIBYTES, findings);
        judge("heap after a full collection", "MiB", samples, Sample::heap, ALLOWED_HEAP_MEBIBYTES, findings);
        findings.fact("data folder", describe(samples, Sample::folder, " MiB"));
        findings.note(
                "The growth is the Theil-Sen slope over the samples after the first 30 %, times their number. The JVM has a heap of fixed size that "
                        + "is touched at its start, so that RSS shows what lies outside the heap.");
        findings.note("A crash is a SIGKILL of the module's process by a stranger.");
    }

    private static void judge(
            String what,
            String unit,
            List<Sample> samples,
            ToDoubleFunction<Sample> part,
            double allowed,
            Findings findings) {
        double[] series = samples.stream().mapToDouble(part).toArray();
        findings.fact(what, describe(samples, part, unit.isEmpty() ? "" : " " + unit));
        findings.verdict("growth of " + what, Trend.of(series).growth(), unit, allowed);
    }

    private static String describe(List<Sample> samples, ToDoubleFunction<Sample> part, String unit) {
        return String.format(
                Locale.ROOT,
                "%.1f → %.1f → %.1f%s (first, middle and last sample)",
                part.applyAsDouble(samples.getFirst()),
                part.applyAsDouble(samples.get(samples.size() / 2)),
                part.applyAsDouble(samples.getLast()),
                unit);
    }

    private static void cycle(CoreManager manager, ModuleView module) throws InterruptedException {
        manager.command(module, Command.START);
        manager.await("running", () -> manager.isRunning(module));
        long pid = pid(manager, module);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        manager.await("running again", () -> manager.isRunning(module) && pid(manager, module) != pid);
        manager.command(module, Command.STOP);
    }

    private static long pid(CoreManager manager, ModuleView module) {
        return manager.view(module).runtime().pid().orElse(-1L);
    }
}

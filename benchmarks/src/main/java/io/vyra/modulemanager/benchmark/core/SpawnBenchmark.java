package io.vyra.modulemanager.benchmark.core;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import io.vyra.modulemanager.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;

/** What the manager adds to the start of a process: from the command to the phase {@code running}. */
public final class SpawnBenchmark implements Benchmark {
    private static final double TARGET_MILLISECONDS = 30;
    private static final int WARM_UP = 20;

    @Override
    public String name() {
        return "spawn";
    }

    @Override
    public String title() {
        return "Start command to phase running, and the bare start of the same script";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        int rounds = scene.scale().spawnRounds();
        int warmUp = Math.min(WARM_UP, rounds);
        Path folder = scene.emptyFolder("s");
        SampleTree sample = SampleTree.idle("v2_spawned");
        Path script = sample.writeScript(folder.resolve("bare.sh"));
        double[] bare = new double[rounds];
        double[] managed = new double[rounds];
        double[] more = new double[rounds];
        try (CoreManager manager = new CoreManager(folder, scene.shim())) {
            ModuleView module = manager.install(sample);
            for (int round = -warmUp; round < rounds; round++) {
                int slot = Math.max(0, round);
                bare[slot] = bareStart(script);
                managed[slot] = managedStart(manager, module);
                more[slot] = managed[slot] - bare[slot];
            }
        }
        Distribution bareStarts = findings.distribution("bare ProcessBuilder start until executed", "ms", bare);
        Distribution managedStarts = findings.distribution("start command to running", "ms", managed);
        findings.distribution("difference within a pair", "ms", more);
        findings.verdict(
                "start command to running, more than a bare start at p95",
                managedStarts.p95() - bareStarts.p95(),
                "ms",
                TARGET_MILLISECONDS);
        findings.note(
                "One bare and one managed start in turn. `ProcessBuilder.start()` returns once the script was executed. The managed start includes "
                        + "the durable operation (SQLite, `synchronous=FULL`), the keeper process and the first probe.");
        findings.note(warmUp + " pairs before the measured ones are not counted.");
    }

    private static double bareStart(Path script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        long begin = System.nanoTime();
        Process process = builder.start();
        double took = (System.nanoTime() - begin) / 1e6;
        process.destroyForcibly().waitFor();
        return took;
    }

    private static double managedStart(CoreManager manager, ModuleView module) throws InterruptedException {
        long begin = System.nanoTime();
        Operation start = manager.begin(module, Command.START);
        manager.await("the start", () -> manager.isRunning(module));
        double took = (System.nanoTime() - begin) / 1e6;
        manager.finish(start);
        manager.command(module, Command.STOP);
        return took;
    }
}

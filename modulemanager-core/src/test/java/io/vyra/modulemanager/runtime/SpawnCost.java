package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Not a test: prints what the shim adds to the start of a process, 200 of each in turn. */
final class SpawnCost {
    private static final int ROUNDS = 200;

    private SpawnCost() {}

    public static void main(String[] arguments) throws Exception {
        try (ModuleBench bench = new ModuleBench(Files.createTempDirectory("cost"))) {
            ModuleId module = bench.module("cost");
            ProcessRuntime plain = bench.runtime();
            ModuleBench.Wish wish = new ModuleBench.Wish(
                    new Manifest.Resources(Optional.of(1.0), Optional.of(1L << 28), Optional.empty(), Optional.empty()),
                    0,
                    Optional.empty(),
                    bench.logs());
            ProcessRuntime limited = bench.runtime(CgroupLimits.detect(), LogRotation.DEFAULT);
            double[] bare = new double[ROUNDS];
            double[] shim = new double[ROUNDS];
            double[] groups = new double[ROUNDS];
            for (int round = -20; round < ROUNDS; round++) {
                int slot = Math.max(0, round);
                long start = System.nanoTime();
                Process process = new ProcessBuilder("/bin/sleep", "600").start();
                bare[slot] = (System.nanoTime() - start) / 1e6;
                process.destroyForcibly().waitFor();
                shim[slot] = start(plain, bench.launch(module, 1000 + 2L * round, "/bin/sleep", "600"));
                groups[slot] = start(limited, bench.launch(module, 1001 + 2L * round, wish, "/bin/sleep", "600"));
            }
            print("bare ProcessBuilder", bare);
            print("under a shim", shim);
            print("under a shim, with limits", groups);
        }
    }

    private static double start(ProcessRuntime runtime, LaunchSpec launch) throws Exception {
        long start = System.nanoTime();
        ModuleProcess process = runtime.start(launch);
        double took = (System.nanoTime() - start) / 1e6;
        process.kill();
        ModuleBench.end(process);
        return took;
    }

    private static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT, "%-32s p50 %.2f ms  p95 %.2f ms%n", what, millis[ROUNDS / 2], millis[ROUNDS * 95 / 100]);
    }
}

package io.vyra.modulemanager.container;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Not a test: prints what a start through the runtime takes beside the engine's own {@code docker run}, in turn. Only root can run it. */
final class StartCost {
    private static final int ROUNDS = 30;
    private static final int WARM_UP = 5;

    private StartCost() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("cost");
        try (TestEngine engine = TestEngine.docker();
                ContainerBench bench = new ContainerBench(engine, folder)) {
            double[] own = new double[ROUNDS];
            double[] engines = new double[ROUNDS];
            ModuleId module = bench.module("cost");
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                int slot = Math.max(0, round);
                LaunchSpec launch = bench.shell(module, round + WARM_UP + 1L, "sleep 600");
                long start = System.nanoTime();
                ModuleProcess process = bench.runtime().start(launch);
                own[slot] = (System.nanoTime() - start) / 1e6;
                process.kill();
                process.exit().get();
                bench.runtime().forget(module);
                engines[slot] = dockerRun(engine);
            }
            print("docker run", engines);
            print("the runtime's start", own);
        }
    }

    private static double dockerRun(TestEngine engine) throws IOException, InterruptedException {
        try (var client = engine.client()) {
            String image = client.imageNames("localhost/vyra-module/").getFirst();
            String host = "--host=" + engine.address();
            long start = System.nanoTime();
            run(List.of(
                    "docker",
                    host,
                    "run",
                    "-d",
                    "--name=plain",
                    "--network=host",
                    image,
                    "/bin/sh",
                    "-c",
                    "sleep 600"));
            double took = (System.nanoTime() - start) / 1e6;
            run(List.of("docker", host, "rm", "-f", "plain"));
            return took;
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }

    private static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT, "%-24s p50 %.1f ms  p95 %.1f ms%n", what, millis[ROUNDS / 2], millis[ROUNDS * 95 / 100]);
    }
}

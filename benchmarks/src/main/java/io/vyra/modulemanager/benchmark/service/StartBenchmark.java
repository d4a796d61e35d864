package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Rest;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.nio.file.Path;
import java.util.List;

/** How long the service takes to be ready, and what it occupies when nobody asks for anything. */
public final class StartBenchmark implements Benchmark {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "Start of the service's process to ready with 50 stopped modules, and its memory when idle";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        Scale scale = scene.scale();
        InstalledModules installed = InstalledModules.make(scene, scene.emptyFolder("b"), scale.startModules());
        // The first start makes the administrator's account and is not counted.
        Service.start(scene, installed.data(), List.of()).close();
        measure("plain", List.of(), scene, installed.data(), findings);
        if (scene.aotCache().isPresent()) {
            Path cache = scene.aotCache().get();
            measure("AOT cache", List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off"), scene, installed.data(), findings);
        } else {
            findings.note("Without an AOT cache; `--aot-cache FILE` measures with one too.");
        }
        findings.note(
                "From the start of the process until `/q/health/ready` first answers 200, asked every 2 ms; code in the page cache. "
                        + "Memory is read after " + scale.startRest().toSeconds()
                        + " s without a request, with the JVM's default heap limits and the serial collector.");
    }

    private static void measure(String kind, List<String> flags, Scene scene, Path data, Findings findings)
            throws Exception {
        int rounds = scene.scale().startRounds();
        double[] ready = new double[rounds];
        double[] rss = new double[rounds];
        double[] pss = new double[rounds];
        int threads = 0;
        for (int round = 0; round < rounds; round++) {
            try (Service service = Service.start(scene, data, flags)) {
                ready[round] = service.startMilliseconds();
                Rest.of(scene.scale().startRest());
                rss[round] = service.rssMebibytes();
                pss[round] = service.pssMebibytes();
                threads = service.threads();
            }
        }
        findings.distribution(kind + ": process start to ready", "ms", ready);
        findings.distribution(kind + ": RSS idle", "MiB", rss);
        findings.distribution(kind + ": PSS idle", "MiB", pss);
        findings.fact(kind + ": threads idle", String.valueOf(threads));
    }
}

package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.util.List;

/** The list of modules under load. */
public final class ModulesListBenchmark implements Benchmark {
    private static final double TARGET_MILLISECONDS = 5;
    private static final int PER_SECOND = 200;
    private static final int CONNECTIONS = 8;

    @Override
    public String name() {
        return "modules-list";
    }

    @Override
    public String title() {
        return "GET /api/v1/modules with 200 installed, stopped modules at 200 requests a second";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        Scale scale = scene.scale();
        InstalledModules installed = InstalledModules.make(scene, scene.emptyFolder("l"), scale.listedModules());
        try (Service service = Service.start(scene, installed.data(), List.of());
                ApiClient api = ApiClient.logIn(service)) {
            OpenLoop load = new OpenLoop(service.port(), api.token(), CONNECTIONS, PER_SECOND);
            load.get("/api/v1/modules", scale.listWarmUp());
            measure("first page (100 modules)", "/api/v1/modules", load, scale, findings);
            load.get("/api/v1/modules?limit=500", scale.listWarmUp());
            measure("all 200 modules in one answer", "/api/v1/modules?limit=500", load, scale, findings);
            OpenLoop.Latencies floor = load.get("/q/health/live", scale.listWarmUp());
            findings.distribution("floor: GET /q/health/live in the same way", "ms", floor.milliseconds());
        }
        findings.note("Open loop over " + CONNECTIONS
                + " connections that are kept: a request's latency counts from the moment it was due, so a stall counts for every request behind it. "
                + "Load generator and service share the machine. The same load for "
                + scale.listWarmUp().toSeconds()
                + " s before each measurement of " + scale.listLoad().toSeconds() + " s is not counted.");
        findings.note("A page has 100 modules unless `limit` asks for up to 500; both are measured.");
    }

    private static void measure(String what, String path, OpenLoop load, Scale scale, Findings findings)
            throws IOException, InterruptedException {
        OpenLoop.Latencies latencies = load.get(path, scale.listLoad());
        Distribution distribution = findings.distribution(what, "ms", latencies.milliseconds());
        findings.distribution(what + ": sent after it was due", "ms", latencies.sentLate());
        findings.fact(what + ": body", latencies.bytes() + " bytes");
        findings.verdict(what + ", p99", distribution.p99(), "ms", TARGET_MILLISECONDS);
    }
}

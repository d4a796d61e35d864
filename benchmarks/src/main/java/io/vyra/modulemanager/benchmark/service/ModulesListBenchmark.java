package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import io.vyra.modulemanager.benchmark.result.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** One kind of request, and what its rounds gave. */
    private static final class Kind {
        private final String what;
        private final String path;
        private final List<OpenLoop.Latencies> rounds = new ArrayList<>();
        private final List<Double> stolenPercent = new ArrayList<>();

        Kind(String what, String path) {
            this.what = what;
            this.path = path;
        }

        void round(OpenLoop load, Scale scale) throws IOException, InterruptedException {
            long before = Machine.stolenTicks();
            rounds.add(load.get(path, scale.listLoad()));
            double coreTicks =
                    scale.listLoad().toMillis() / 10.0 * Runtime.getRuntime().availableProcessors();
            stolenPercent.add(100 * (Machine.stolenTicks() - before) / coreTicks);
        }

        /** Returns the distribution over the rounds of each round's p99. */
        Distribution report(Findings findings) {
            double[] all = rounds.stream()
                    .flatMapToDouble(round -> Arrays.stream(round.milliseconds()))
                    .toArray();
            double[] late = rounds.stream()
                    .flatMapToDouble(round -> Arrays.stream(round.sentLate()))
                    .toArray();
            double[] tails = rounds.stream()
                    .mapToDouble(round ->
                            Distribution.of(what, "ms", round.milliseconds()).p99())
                    .toArray();
            findings.fact(
                    what + ": p99 of each round (CPU time that the hypervisor gave to others)",
                    IntStream.range(0, tails.length)
                            .boxed()
                            .sorted(Comparator.comparing(stolenPercent::get))
                            .map(i -> String.format(Locale.ROOT, "%.1f ms (%.1f %%)", tails[i], stolenPercent.get(i)))
                            .collect(Collectors.joining(", ")));
            findings.distribution(what, "ms", all);
            findings.distribution(what + ": sent after it was due", "ms", late);
            return findings.distribution(what + ": p99 of a round", "ms", tails);
        }
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        Scale scale = scene.scale();
        Kind page = new Kind("first page (100 modules)", "/api/v1/modules");
        Kind all = new Kind("all 200 modules in one answer", "/api/v1/modules?limit=500");
        Kind floor = new Kind("floor: GET /q/health/live in the same way", "/q/health/live");
        List<Kind> kinds = List.of(page, all, floor);
        InstalledModules installed = InstalledModules.make(scene, scene.emptyFolder("l"), scale.listedModules());
        try (Service service = Service.start(scene, installed.data(), List.of());
                ApiClient api = ApiClient.logIn(service)) {
            OpenLoop load = new OpenLoop(service.port(), api.token(), CONNECTIONS, PER_SECOND);
            for (Kind kind : kinds) {
                load.get(kind.path, scale.listWarmUp());
            }
            for (int round = 0; round < scale.listRounds(); round++) {
                for (Kind kind : kinds) {
                    kind.round(load, scale);
                }
            }
        }
        for (Kind kind : List.of(page, all)) {
            double tail = kind.report(findings).median();
            findings.verdict(kind.what + ", p99 (median of the rounds)", tail, "ms", TARGET_MILLISECONDS);
            findings.fact(kind.what + ": body", kind.rounds.getLast().bytes() + " bytes");
        }
        floor.report(findings);
        findings.note("Open loop over " + CONNECTIONS
                + " connections that are kept: a request's latency counts from the moment it was due, so a stall counts for every request behind it. "
                + "Load generator and service share the machine. Rounds of "
                + scale.listLoad().toSeconds()
                + " s in turn, after the same load for " + scale.listWarmUp().toSeconds() + " s that is not counted.");
        findings.note(
                "The target is held against the median of the rounds' p99, because the tail of a single round also shows what the machine's"
                        + " other tenants do: the floor, which touches no module, shows how much.");
        findings.note("A page has 100 modules unless `limit` asks for up to 500; both are measured.");
    }
}

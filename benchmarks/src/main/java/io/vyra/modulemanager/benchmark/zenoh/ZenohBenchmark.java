package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** This project's Zenoh beside the reference implementation, and what its codec leaves for the garbage collector. */
public final class ZenohBenchmark implements Benchmark {
    /** Enough that the compilers of the JVMs are done with what a round runs: they share two processors with it. */
    private static final int WARM_UP_ROUNDS = 6;

    /** 500,000 messages a second. */
    private static final double TARGET_MICROSECONDS_PER_MESSAGE = 2;
    /** The smallest object has 16 bytes, so that less than one byte an operation means none. */
    private static final double TARGET_BYTES = 1;

    @Override
    public String name() {
        return "zenoh";
    }

    @Override
    public String title() {
        return "Zenoh: round trips, throughput and latency, beside the reference implementation (Rust, through Python)";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        Path folder = scene.emptyFolder("z");
        List<Figures.Report> reports;
        try (Cast cast = new Cast(scene, folder)) {
            reports = measure(cast.pairs(), scene.scale()).stream()
                    .map(it -> it.report(findings))
                    .toList();
        }
        for (String way : List.of(Cast.DIRECT, Cast.THROUGH_OURS, Cast.THROUGH_PYTHON)) {
            Distribution ours = of(reports, Cast.OURS, way).roundTrip();
            Distribution python = of(reports, Cast.PYTHON, way).roundTrip();
            findings.verdict(
                    "get and its answer, median of ours ↔ ours over Python ↔ Python, " + way,
                    ours.median() / python.median(),
                    "",
                    1);
            findings.verdict(
                    "get and its answer, p99 of ours ↔ ours over Python ↔ Python, " + way,
                    ours.p99() / python.p99(),
                    "",
                    1);
        }
        for (String way : List.of(Cast.DIRECT, Cast.THROUGH_OURS)) {
            findings.verdict(
                    "a put of 64 B, ours ↔ ours, " + way + " (500 k/s are 2 µs each)",
                    1e3 / of(reports, Cast.OURS, way).small().median(),
                    "µs",
                    TARGET_MICROSECONDS_PER_MESSAGE);
        }
        for (CodecAllocation.Figure figure : CodecAllocation.measure(folder, scene.scale())) {
            findings.fact(figure.what(), "%.0f ns".formatted(figure.nanoseconds()));
            findings.verdict(figure.what() + ": allocated", figure.bytes(), "B", TARGET_BYTES);
        }
        note(scene.scale(), findings);
    }

    /** All pairs in each round, in random order, so that what else the machine does meets all of them. */
    private static List<Figures> measure(List<Pair> pairs, Scale scale) throws IOException, InterruptedException {
        List<Figures> figures = pairs.stream().map(Figures::new).toList();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (Figures each : figures) {
                each.warmUp(scale);
            }
        }
        List<Figures> order = new ArrayList<>(figures);
        Random random = new Random();
        for (int round = 0; round < scale.zenohRounds(); round++) {
            Collections.shuffle(order, random);
            for (Figures each : order) {
                each.measure(scale);
            }
        }
        return figures;
    }

    private static Figures.Report of(List<Figures.Report> reports, String who, String way) {
        return reports.stream()
                .filter(it -> it.pair().who().equals(who) && it.pair().way().equals(way))
                .findFirst()
                .orElseThrow();
    }

    private static void note(Scale scale, Findings findings) {
        findings.note(
                ("Each session and each router is in a process of its own, over TCP on the loopback; *direct* is from a client to the session in the "
                                + "router's own process. The first named publishes and asks, the second listens and answers. Before the measured rounds, "
                                + "%d rounds of everything are not counted.")
                        .formatted(WARM_UP_ROUNDS));
        findings.note(
                "*A get and its answer* carries 64 B there and back, one after the other, until the query is over. *Puts* block instead of being dropped "
                        + "and are counted by the listener, from the first to the last, once per round (%,d of 64 B, a tenth of that of 8 kB). *Put to callback* is from just before the call to the start of the callback."
                                .formatted(scale.zenohMessages()));
        findings.note(
                "Python's callbacks hold its interpreter's lock, so that its figures are those of the Python package, not of a program in Rust.");
        findings.note("Allocation is what JMH's GC profiler says (`gc.alloc.rate.norm`) in a JVM of its own.");
    }
}

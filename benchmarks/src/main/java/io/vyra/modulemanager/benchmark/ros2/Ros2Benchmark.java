package io.vyra.modulemanager.benchmark.ros2;

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

/** This project's ROS 2 protocol beside Cyclone DDS and Fast DDS. */
public final class Ros2Benchmark implements Benchmark {
    private static final double TARGET_MEDIAN = 3;
    private static final double TARGET_P99 = 5;

    @Override
    public String name() {
        return "ros2";
    }

    @Override
    public String title() {
        return "ROS 2: round trips, throughput, allocation, memory and start, beside Cyclone DDS (C) and Fast DDS (C++)";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        Path folder = scene.emptyFolder("r");
        try (Cast cast = new Cast(scene, folder)) {
            List<Figures.Report> reports = measure(cast.pairs(), scene.scale()).stream()
                    .map(it -> it.report(findings))
                    .toList();
            Figures.Report ours = of(reports, Kind.OURS, Kind.CYCLONE);
            Figures.Report theirs = of(reports, Kind.CYCLONE, Kind.CYCLONE);
            judge(findings, "64 B and its echo", ours.small(), theirs.small());
            judge(findings, "64 KiB and its echo", ours.large(), theirs.large());
            Allocation.measure(cast.pair(Kind.CYCLONE, Kind.OURS), scene.scale(), findings);
        }
        Memory.measure(scene, folder, findings);
        Starts.measure(scene, folder, findings);
        note(scene.scale(), findings);
    }

    /** All pairs in each round, in random order, so that what else the machine does meets all of them. */
    private static List<Figures> measure(List<Pair> pairs, Scale scale) throws IOException, InterruptedException {
        List<Figures> figures = pairs.stream().map(Figures::new).toList();
        for (Figures each : figures) {
            each.warmUp(scale);
        }
        List<Figures> order = new ArrayList<>(figures);
        Random random = new Random();
        for (int round = 0; round < scale.ros2Rounds(); round++) {
            Collections.shuffle(order, random);
            for (Figures each : order) {
                each.measure(scale);
            }
        }
        return figures;
    }

    private static Figures.Report of(List<Figures.Report> reports, Kind here, Kind there) {
        return reports.stream()
                .filter(it -> it.pair().here() == here && it.pair().there() == there)
                .findFirst()
                .orElseThrow();
    }

    private static void judge(Findings findings, String what, Distribution ours, Distribution theirs) {
        String over = ", ours → Cyclone DDS over Cyclone DDS → Cyclone DDS";
        findings.verdict(what + ", median of" + over, ours.median() / theirs.median(), "", TARGET_MEDIAN);
        findings.verdict(what + ", 99th percentile of" + over, ours.p99() / theirs.p99(), "", TARGET_P99);
    }

    private static void note(Scale scale, Findings findings) {
        findings.note(
                "Each participant is in a process of its own, all in one domain, by UDP on the loopback, reliable. The first named writes and waits; "
                        + "the second writes back what it reads, from the thread that received it. Before the measured rounds, a round of everything is not counted.");
        findings.note(
                "*Samples of 1 kB* are counted by the reader, from the first to the last, once per round (%,d of them, with keep-all)."
                        .formatted(scale.ros2Messages()));
        findings.note("Cyclone DDS and Fast DDS are Debian's, compiled with `-O2`; neither uses shared memory.");
        findings.note(
                "Allocation is what the JVM counts for all its threads (`getTotalThreadAllocatedBytes`), discovery included.");
    }
}

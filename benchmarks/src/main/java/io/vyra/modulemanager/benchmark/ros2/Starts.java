package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** From the start of a process to its first sample, which a writer of Cyclone DDS has kept for whoever comes. */
final class Starts {
    private static final String POLICIES = "reliable,transient_local,keep_last=1";

    private Starts() {}

    static void measure(Scene scene, Path folder, Findings findings) throws IOException, InterruptedException {
        int domain = FreeDomain.find();
        Map<Kind, DoubleStream.Builder> times = new EnumMap<>(Kind.class);
        try (Side writer = Side.start(Kind.CYCLONE, "latched", folder, scene, domain)) {
            writer.tell("writer", "latched", "rt/bench/latched", "Blob", POLICIES);
            writer.tell("counting", "latched", 64, 1);
            for (int round = 0; round < scene.scale().ros2Rounds(); round++) {
                for (Kind kind : Kind.values()) {
                    times.computeIfAbsent(kind, _ -> DoubleStream.builder())
                            .add(milliseconds(kind, round, folder, scene, domain));
                }
            }
        }
        times.forEach((kind, found) -> findings.distribution(
                kind + ": start of the process to its first sample",
                "ms",
                found.build().toArray()));
    }

    private static double milliseconds(Kind kind, int round, Path folder, Scene scene, int domain)
            throws IOException, InterruptedException {
        String name = kind.name().toLowerCase(Locale.ROOT) + "-start-" + round;
        long begin = System.nanoTime();
        try (Side side = Side.start(kind, name, folder, scene, domain)) {
            side.begin("reader", "first", "rt/bench/latched", "Blob", POLICIES);
            side.await("sample");
            return (System.nanoTime() - begin) / 1e6;
        }
    }
}

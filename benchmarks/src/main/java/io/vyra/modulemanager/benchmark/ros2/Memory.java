package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.core.ProcessStatus;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What it takes to know many others. */
final class Memory {
    private static final double MEBI = 1 << 20;

    private Memory() {}

    static void measure(Scene scene, Path folder, Findings findings) throws IOException, InterruptedException {
        Scale scale = scene.scale();
        int domain = FreeDomain.find();
        int endpoints = scale.ros2Participants() * scale.ros2Endpoints();
        try (Side watching = Side.start(Kind.OURS, "watching", folder, scene, domain);
                Side crowd = Side.start(Kind.CYCLONE, "crowd", folder, scene, domain)) {
            watching.await("ready");
            crowd.await("ready");
            watching.tell("known", 1, 0);
            double heapBefore = heap(watching);
            double residentBefore = resident(watching);
            crowd.tell("crowd", scale.ros2Participants(), scale.ros2Endpoints());
            watching.tell("known", scale.ros2Participants() + 1, endpoints);
            String what = "%,d participants with %,d endpoints".formatted(scale.ros2Participants(), endpoints);
            findings.fact(what + ": heap", "%.1f MiB, %.1f before".formatted(heap(watching) / MEBI, heapBefore / MEBI));
            findings.fact(
                    what + ": RSS",
                    "%.0f MiB, %.0f before".formatted(resident(watching) / MEBI, residentBefore / MEBI));
        }
    }

    private static double heap(Side side) throws IOException, InterruptedException {
        List<String> heap = side.tell("heap").getFirst();
        return Double.parseDouble(heap.get(1));
    }

    private static double resident(Side side) throws IOException {
        return ProcessStatus.number(String.valueOf(side.pid()), "VmRSS") * 1_024;
    }
}

package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.engine.Engine;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.util.ArrayList;
import java.util.List;

/** The images on an engine of the benchmark's own, from what is committed. */
public final class ImagesBenchmark implements Benchmark {
    /** What each costs who runs it. */
    public static final ImagesBenchmark IMAGES = new ImagesBenchmark(
            "images",
            "The container images: sizes, starts and memory, beside a one-class Quarkus application built the same way",
            List.of(new Images(), new Sizes(), new Starts(), new IdleMemory(), new Reproduction()));
    /** What each costs who builds it. */
    public static final ImagesBenchmark BUILDS = new ImagesBenchmark(
            "image-builds",
            "Building the container images: with nothing cached, and after a change of one line",
            List.of(new ColdBuilds(), new Rebuilds()));

    private final String name;
    private final String title;
    private final List<Measurement> measurements;

    private ImagesBenchmark(String name, String title, List<Measurement> measurements) {
        this.name = name;
        this.title = title;
        this.measurements = measurements;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        try (Engine engine = Engine.start(scene.checkout())) {
            engine.loadBases(scene.checkout());
            WorkingCopy copy = WorkingCopy.of(scene.checkout(), scene.work().resolve("copy"));
            Workshop workshop = new Workshop(engine, copy, scene.work(), findings, Rounds.of(scene.scale()));
            List<String> failed = new ArrayList<>();
            for (Measurement measurement : measurements) {
                attempt(measurement, workshop, failed);
            }
            findings.fact("engine", "Docker " + engine.version());
            findings.note("Docker is the only engine that is measured. Podman and Buildah take the same Dockerfile.");
            findings.verdict("measurements that failed", failed.size(), "", 0);
            failed.forEach(what -> findings.note("Could not be measured: " + what));
            String commit = WorkingCopy.commit(scene.checkout()).substring(0, 12);
            findings.note("Built from commit " + commit
                    + (WorkingCopy.isChanged(scene.checkout()) ? ", without what was changed since." : "."));
        }
    }

    private static void attempt(Measurement measurement, Workshop workshop, List<String> failed)
            throws InterruptedException {
        try {
            measurement.measure(workshop);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // One that fails must not take what the others measured in most of an hour.
            e.printStackTrace();
            failed.add(measurement.what());
        }
    }
}

package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The images on an engine of the benchmark's own: sizes, times of builds and starts, memory, reproducibility. */
public final class ImagesBenchmark implements Benchmark {
    private static final List<Measurement> MEASUREMENTS =
            List.of(new Sizes(), new Starts(), new IdleMemory(), new Rebuilds(), new Reproduction());

    @Override
    public String name() {
        return "images";
    }

    @Override
    public String title() {
        return "The container images: sizes, builds, starts and memory, beside a one-class Quarkus application built the same way";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        try (Engine engine = Engine.start(scene.checkout())) {
            engine.loadBases(scene.checkout());
            WorkingCopy copy = WorkingCopy.of(scene.checkout(), scene.work().resolve("copy"));
            Workshop workshop = new Workshop(engine, copy, scene.work(), findings, Rounds.of(scene.scale()));
            List<String> failed = new ArrayList<>();
            attempt(new ColdBuilds(), workshop, failed);
            prepare(workshop);
            for (Measurement measurement : MEASUREMENTS) {
                attempt(measurement, workshop, failed);
            }
            findings.fact("engine", "Docker " + engine.version());
            findings.verdict("measurements that failed", failed.size(), "", 0);
            failed.forEach(what -> findings.note("Could not be measured: " + what));
            String commit = WorkingCopy.commit(scene.checkout()).substring(0, 12);
            findings.note("Built from commit " + commit
                    + (WorkingCopy.isChanged(scene.checkout()) ? ", without what was changed since." : "."));
        }
    }

    /** The images that are looked at, all from what is committed. */
    private static void prepare(Workshop workshop) throws IOException, InterruptedException {
        workshop.tell("the images");
        workshop.image(List.of());
        workshop.image(List.of("--slim"));
        workshop.engine()
                .build(
                        workshop.copy().root(),
                        List.of("--tag", Subject.ONE_CLASS, "--file", "benchmarks/one-class/Dockerfile"));
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

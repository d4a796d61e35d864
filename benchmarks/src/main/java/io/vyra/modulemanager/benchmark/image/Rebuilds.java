package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** From a change of one line to an image that can be run, and what of it somebody must fetch who has the one before. */
final class Rebuilds implements Measurement {
    private static final double PAGE_TARGET_SECONDS = 8;
    private static final double CHANGED_TARGET_MEGABYTES = 0.5;
    private static final String JIB_ARCHIVE = "target/image/modulemanager-full.tar";

    @Override
    public String what() {
        return "the builds after a change of one line";
    }

    /** What is built again and again: a change of one kind, in one way. */
    private record Series(
            Change change,
            Way way,
            List<Double> seconds,
            List<Double> loads,
            List<Double> changed,
            List<String> layers) {
        Series(Change change, Way way) {
            this(change, way, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        String name() {
            return change.label() + " → image, " + way.label();
        }
    }

    @Override
    public void measure(Workshop workshop) throws Exception {
        List<Series> all = List.of(
                new Series(Change.CORE, Way.JIB),
                new Series(Change.CORE, Way.DOCKERFILE),
                new Series(Change.CORE, Way.DOCKERFILE_AOT),
                new Series(Change.API, Way.JIB),
                new Series(Change.API, Way.DOCKERFILE),
                new Series(Change.API, Way.DOCKERFILE_AOT),
                new Series(Change.PAGE, Way.DOCKERFILE_AOT));
        Map<Way, ImageLayers> committed = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            workshop.tell("the image to compare with: " + way.label());
            workshop.image(way.options());
            if (way == Way.JIB) {
                load(workshop);
            }
            committed.put(way, workshop.layers(way.image()));
        }
        int rounds = workshop.rounds().changes();
        try {
            for (int round = 0; round < rounds; round++) {
                for (Series series : all) {
                    workshop.tell("round " + (round + 1) + " of " + rounds + ": " + series.name());
                    build(workshop, series, committed.get(series.way()));
                }
            }
        } finally {
            workshop.copy().restore();
        }
        all.forEach(series -> report(series, workshop.findings()));
        workshop.findings()
                .note(
                        "After a change: the wall-clock time of `./mm image` for the full distribution, everything else cached; every change is one that "
                                + "never was before, made to the committed sources. Jib writes a file, which an engine must still load. What is new are the layers "
                                + "whose digest the image of the commit does not have.");
    }

    private static void build(Workshop workshop, Series series, ImageLayers committed)
            throws IOException, InterruptedException {
        workshop.copy().change(series.change());
        series.seconds().add(workshop.image(series.way().options()));
        if (series.way() == Way.JIB) {
            series.loads().add(load(workshop));
        }
        ImageLayers fresh = workshop.layers(series.way().image()).newSince(committed);
        series.changed().add(fresh.megabytes(layer -> true));
        series.layers().add(fresh.names());
    }

    private static double load(Workshop workshop) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        workshop.engine()
                .docker(
                        "load",
                        "-q",
                        "-i",
                        workshop.copy().root().resolve(JIB_ARCHIVE).toString());
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void report(Series series, Findings findings) {
        boolean isPage = series.change() == Change.PAGE;
        Distribution seconds = findings.distribution(series.name(), "s", array(series.seconds()));
        if (!series.loads().isEmpty()) {
            findings.distribution(series.name() + ": docker load of it", "s", array(series.loads()));
        }
        Distribution changed = findings.distribution(series.name() + ": new layers", "MB", array(series.changed()));
        findings.fact(series.name() + ": new layers", series.layers().getLast());
        findings.verdict(
                series.name(),
                seconds.median(),
                "s",
                isPage ? PAGE_TARGET_SECONDS : series.way().targetSeconds());
        if (series.way() != Way.DOCKERFILE_AOT) {
            findings.verdict(series.name() + ": new layers", changed.median(), "MB", CHANGED_TARGET_MEGABYTES);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** From a change to an image that can be run, and what of it somebody must fetch who has the one before. */
final class Rebuilds implements Measurement {
    private static final double PAGE_TARGET_SECONDS = 8;
    private static final double CHANGED_TARGET_MEGABYTES = 0.5;
    private static final String JIB_ARCHIVE = "target/image/modulemanager-full.tar";

    /**
     * One build after a change.
     *
     * @param load  seconds to load what Jib wrote; 0 when the engine built it
     * @param fresh what the image of the commit does not have
     * @param stale whether it lacks the change
     */
    private record Build(double seconds, double load, ImageLayers image, ImageLayers fresh, boolean stale) {}

    /** What is built again and again: a change of one kind, in one way. */
    private record Series(Change change, Way way, List<Build> builds) {
        Series(Change change, Way way) {
            this(change, way, new ArrayList<>());
        }

        String name() {
            return change.label() + " → image, " + way.label();
        }

        double[] each(ToDoubleFunction<Build> part) {
            return builds.stream().mapToDouble(part).toArray();
        }
    }

    @Override
    public String what() {
        return "the builds after a change";
    }

    @Override
    public void measure(Workshop workshop) throws Exception {
        List<Series> lines = new ArrayList<>();
        for (Change change : List.of(Change.CORE, Change.API)) {
            for (Way way : Way.values()) {
                lines.add(new Series(change, way));
            }
        }
        lines.add(new Series(Change.PAGE, Way.DOCKERFILE_AOT));
        List<Series> page = List.of(new Series(Change.PAGE, Way.JIB));
        List<Series> whole = Arrays.stream(Way.values())
                .map(way -> new Series(Change.PUBLIC_METHOD, way))
                .toList();
        // The first in turn. The others would have the next build undo more than its own change.
        List<List<Series>> groups = List.of(lines, page, whole);
        for (List<Series> group : groups) {
            build(workshop, group);
        }

        List<Series> all = groups.stream().flatMap(List::stream).toList();
        Findings findings = workshop.findings();
        all.forEach(series -> report(series, findings));
        long stale = all.stream()
                .flatMap(series -> series.builds().stream())
                .filter(Build::stale)
                .count();
        findings.verdict("images built after a change that do not have it", stale, "", 0);
        findings.note(
                "After a change: the wall-clock time of `./mm image` for the full distribution, everything else cached; every change is one that never "
                        + "was before, made to the committed sources. Jib writes a file, which an engine must still load. What is new are the layers whose "
                        + "digest the image of the commit does not have.");
        findings.note(
                "One line of Java stands for a change of the code of methods: a constant that only its package sees, for which classes are exchanged in what "
                        + "was built last, without Maven and Quarkus (ADR 0015). One public method more stands for all other changes of Java (a new class, a "
                        + "public constant, an annotation): the whole is built, and no target was set.");
    }

    private static void build(Workshop workshop, List<Series> group) throws IOException, InterruptedException {
        try {
            workshop.copy().restore();
            Map<Way, ImageLayers> committed = committed(workshop, group);
            int rounds = workshop.rounds().changes();
            for (int round = 0; round < rounds; round++) {
                for (Series series : group) {
                    workshop.tell("round " + (round + 1) + " of " + rounds + ": " + series.name());
                    build(workshop, series, committed.get(series.way()));
                }
            }
        } finally {
            workshop.copy().restore();
        }
    }

    private static Map<Way, ImageLayers> committed(Workshop workshop, List<Series> group)
            throws IOException, InterruptedException {
        Map<Way, ImageLayers> committed = new EnumMap<>(Way.class);
        for (Way way : group.stream().map(Series::way).collect(Collectors.toSet())) {
            workshop.tell("the image to compare with: " + way.label());
            workshop.image(way.options());
            load(workshop, way);
            committed.put(way, workshop.layers(way.image()));
        }
        return committed;
    }

    private static void build(Workshop workshop, Series series, ImageLayers committed)
            throws IOException, InterruptedException {
        ImageLayers before = series.builds().isEmpty()
                ? committed
                : series.builds().getLast().image();
        workshop.copy().change(series.change());
        double seconds = workshop.image(series.way().options());
        double load = load(workshop, series.way());
        ImageLayers image = workshop.layers(series.way().image());
        ImageLayers fresh = image.newSince(committed);
        boolean stale = !fresh.hasContent() || !image.newSince(before).hasContent();
        series.builds().add(new Build(seconds, load, image, fresh, stale));
    }

    /** Gives the engine what it did not build itself; seconds. */
    private static double load(Workshop workshop, Way way) throws IOException, InterruptedException {
        if (way != Way.JIB) {
            return 0;
        }
        long begin = System.nanoTime();
        String archive = workshop.copy().root().resolve(JIB_ARCHIVE).toString();
        workshop.engine().docker("load", "-q", "-i", archive);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void report(Series series, Findings findings) {
        String name = series.name();
        Distribution seconds = findings.distribution(name, "s", series.each(Build::seconds));
        if (series.way() == Way.JIB) {
            findings.distribution(name + ": docker load of it", "s", series.each(Build::load));
        }
        Distribution changed = findings.distribution(
                name + ": new layers", "MB", series.each(build -> build.fresh().megabytes(layer -> true)));
        findings.fact(name + ": new layers", series.builds().getLast().fresh().names());
        switch (series.change()) {
            case CORE, API -> {
                findings.verdict(name, seconds.median(), "s", series.way().targetSeconds());
                if (series.way() != Way.DOCKERFILE_AOT) {
                    findings.verdict(name + ": new layers", changed.median(), "MB", CHANGED_TARGET_MEGABYTES);
                }
            }
            case PAGE -> findings.verdict(name, seconds.median(), "s", PAGE_TARGET_SECONDS);
            case PUBLIC_METHOD -> {
                // No target was set for it.
            }
        }
    }
}

package io.vyra.modulemanager.benchmark.footprint;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one way to run the service costs; medians where it was run more than once. Memory in MiB.
 *
 * @param startMilliseconds   from the start of the process to the first 200
 * @param rss                 idle, before anybody used it
 * @param pss                 idle
 * @param anonymous           resident and idle, without what could be read again from files
 * @param rssAfterUse         after {@link Use}
 * @param heap                used after a full collection, idle
 * @param metaspace           committed, with the class space; what lies in an AOT cache is not counted
 * @param classSpace          committed
 * @param codeCache           used
 * @param threads             idle
 * @param classes             loaded, idle
 * @param requestMilliseconds median of a request as a client on the same machine sees it
 */
record Figures(
        double startMilliseconds,
        double rss,
        double pss,
        double anonymous,
        double rssAfterUse,
        double heap,
        double metaspace,
        double classSpace,
        double codeCache,
        double threads,
        double classes,
        double requestMilliseconds) {

    /** Figure by figure. */
    static Figures median(List<Figures> runs) {
        return new Figures(
                median(runs, Figures::startMilliseconds),
                median(runs, Figures::rss),
                median(runs, Figures::pss),
                median(runs, Figures::anonymous),
                median(runs, Figures::rssAfterUse),
                median(runs, Figures::heap),
                median(runs, Figures::metaspace),
                median(runs, Figures::classSpace),
                median(runs, Figures::codeCache),
                median(runs, Figures::threads),
                median(runs, Figures::classes),
                median(runs, Figures::requestMilliseconds));
    }

    private static double median(List<Figures> runs, ToDoubleFunction<Figures> part) {
        double[] sorted = runs.stream().mapToDouble(part).toArray();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}

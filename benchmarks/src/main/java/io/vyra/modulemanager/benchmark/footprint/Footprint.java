package io.vyra.modulemanager.benchmark.footprint;

import java.util.List;

/**
 * One measurement of everything.
 *
 * @param commit     that was measured, 12 digits; with {@code -dirty} when it was changed
 * @param measuredAt RFC 3339, UTC
 * @param rounds     runs of each way
 * @param flags      what flags of the JVM change, for SLIM; the way it is shipped first
 */
record Footprint(
        String commit,
        String measuredAt,
        String machine,
        String java,
        int rounds,
        List<DistributionFootprint> distributions,
        List<FlagFootprint> flags) {

    /**
     * @param label of the {@link Variant}
     * @param flags in words
     */
    record FlagFootprint(String label, String flags, Figures figures) {}
}

package io.vyra.modulemanager.benchmark.result;

import java.util.Arrays;

/**
 * Many measurements of the same thing. Percentiles are of the nearest rank: each is a value that was measured.
 *
 * @param p25 with {@code p75} the spread: half of all measurements lie between them
 */
public record Distribution(
        String name,
        String unit,
        int count,
        double min,
        double p25,
        double median,
        double p75,
        double p95,
        double p99,
        double max) {

    /** @throws IllegalArgumentException when there is no sample */
    public static Distribution of(String name, String unit, double[] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("nothing was measured for " + name);
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Distribution(
                name,
                unit,
                sorted.length,
                sorted[0],
                percentile(sorted, 25),
                percentile(sorted, 50),
                percentile(sorted, 75),
                percentile(sorted, 95),
                percentile(sorted, 99),
                sorted[sorted.length - 1]);
    }

    private static double percentile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(0, rank - 1)];
    }
}

package io.vyra.modulemanager.benchmark.core;

import java.util.Arrays;

/**
 * Whether a series levels off: the Theil-Sen slope of what comes after its first part, which is left out as warm-up. The estimator is
 * the median of the slopes between all pairs of samples (Sen, 1968), so that single outliers do not matter.
 */
record Trend(double slope, int samples) {
    private static final double WARM_UP = 0.3;

    static Trend of(double[] series) {
        double[] tail = Arrays.copyOfRange(series, (int) (series.length * WARM_UP), series.length);
        int n = tail.length;
        if (n < 3) {
            throw new IllegalArgumentException("a trend needs at least 3 samples after the warm-up but has " + n);
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[next++] = (tail[j] - tail[i]) / (j - i);
            }
        }
        Arrays.sort(slopes);
        int middle = slopes.length / 2;
        double median = slopes.length % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
        return new Trend(median, n);
    }

    /** How much the series grows over its samples after the warm-up; negative when it shrinks. */
    double growth() {
        return slope * (samples - 1);
    }
}

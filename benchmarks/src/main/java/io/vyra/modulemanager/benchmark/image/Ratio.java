package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;

/** Figures of two things over each other, round by round: whatever slowed a round down slowed both. */
final class Ratio {
    private Ratio() {}

    static Distribution distribution(String name, double[] these, double[] over, Findings findings) {
        double[] ratios = new double[these.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = these[round] / over[round];
        }
        return findings.distribution(name, "×", ratios);
    }
}

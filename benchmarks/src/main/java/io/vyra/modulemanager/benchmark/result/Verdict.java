package io.vyra.modulemanager.benchmark.result;

/**
 * A figure beside its target.
 *
 * @param atMost the target: the greatest value that meets it
 */
public record Verdict(String name, double value, String unit, double atMost, boolean met) {
    public static Verdict of(String name, double value, String unit, double atMost) {
        return new Verdict(name, value, unit, atMost, value <= atMost);
    }
}

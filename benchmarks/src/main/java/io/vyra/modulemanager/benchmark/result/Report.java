package io.vyra.modulemanager.benchmark.result;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results for people: a few lines for the terminal, and the page of all results in Markdown. */
public final class Report {
    private Report() {}

    public static String inWords(Result result) {
        StringBuilder words = new StringBuilder();
        for (Distribution it : result.distributions()) {
            words.append(String.format(
                    Locale.ROOT,
                    "  %-58s median %s  (%s … %s)  p95 %s  p99 %s  max %s %s  n=%d%n",
                    it.name(),
                    number(it.median()),
                    number(it.p25()),
                    number(it.p75()),
                    number(it.p95()),
                    number(it.p99()),
                    number(it.max()),
                    it.unit(),
                    it.count()));
        }
        result.facts().forEach(it -> words.append(String.format("  %-58s %s%n", it.name(), it.value())));
        result.verdicts()
                .forEach(it -> words.append(String.format(
                        "  %-6s %-51s %s (target: ≤ %s)%n",
                        it.met() ? "met" : "MISSED", it.name(), value(it), limit(it))));
        return words.toString();
    }

    public static String page(List<Result> results) {
        StringBuilder page = new StringBuilder("""
                # Benchmarks

                Made by `./mm bench` from `benchmarks/results/*.json`; do not edit. Ratios and differences are between things measured in turn in
                the same run. The spread is the range that holds the middle half of all measurements. `./mm bench NAME` measures one again.

                ## Targets

                | benchmark | figure | measured | target | |
                |---|---|---|---|---|
                """);
        for (Result result : results) {
            for (Verdict it : result.verdicts()) {
                page.append("| [%s](#%s) | %s | %s | ≤ %s | %s |%n"
                        .formatted(
                                result.name(),
                                result.name(),
                                it.name(),
                                value(it),
                                limit(it),
                                it.met() ? "met" : "**missed**"));
            }
        }
        results.forEach(result -> page.append(section(result)));
        return page.toString();
    }

    private static String section(Result result) {
        StringBuilder section = new StringBuilder("\n## " + result.name() + "\n\n" + result.title() + ".\n");
        if (!result.distributions().isEmpty()) {
            section.append("""

                    | | median | spread | p95 | p99 | max | n |
                    |---|---|---|---|---|---|---|
                    """);
            for (Distribution it : result.distributions()) {
                section.append("| %s | %s %s | %s … %s | %s | %s | %s | %d |%n"
                        .formatted(
                                it.name(),
                                number(it.median()),
                                it.unit(),
                                number(it.p25()),
                                number(it.p75()),
                                number(it.p95()),
                                number(it.p99()),
                                number(it.max()),
                                it.count()));
            }
        }
        if (!result.facts().isEmpty()) {
            section.append("\n| | |\n|---|---|\n");
            result.facts().forEach(it -> section.append("| %s | %s |%n".formatted(it.name(), it.value())));
        }
        section.append('\n');
        result.notes().forEach(note -> section.append("- ").append(note).append('\n'));
        section.append("- Measured on a %s, Java %s, at %s%s; load average %s.%n"
                .formatted(
                        result.machine(),
                        result.java(),
                        result.measuredAt(),
                        result.scale().equals("full") ? "" : " with sizes that mean nothing (" + result.scale() + ")",
                        result.load().stream()
                                .map(load -> String.format(Locale.ROOT, "%.1f", load))
                                .collect(Collectors.joining(" before, ", "", " after"))));
        return section.toString();
    }

    private static String value(Verdict verdict) {
        return withUnit(verdict.value(), verdict.unit());
    }

    private static String limit(Verdict verdict) {
        return withUnit(verdict.atMost(), verdict.unit());
    }

    private static String withUnit(double value, String unit) {
        return number(value) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** Three significant digits are what a measurement is worth; whole numbers stay whole. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) || size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}

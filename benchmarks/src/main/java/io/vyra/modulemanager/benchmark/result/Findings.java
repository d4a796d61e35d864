package io.vyra.modulemanager.benchmark.result;

import io.vyra.modulemanager.benchmark.Scale;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Where a benchmark puts down what it finds. Not thread-safe. */
public final class Findings {
    private final String name;
    private final String title;
    private final Scale scale;
    private final double loadBefore = Machine.load();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Distribution> distributions = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public Findings(String name, String title, Scale scale) {
        this.name = name;
        this.title = title;
        this.scale = scale;
    }

    public Distribution distribution(String what, String unit, double[] samples) {
        Distribution distribution = Distribution.of(what, unit, samples);
        distributions.add(distribution);
        return distribution;
    }

    /** A figure that has a target. */
    public void verdict(String what, double value, String unit, double atMost) {
        verdicts.add(Verdict.of(what, value, unit, atMost));
    }

    public void fact(String what, String value) {
        facts.add(new Fact(what, value));
    }

    /** How it was measured, or what the figures do not say. */
    public void note(String words) {
        notes.add(words);
    }

    public Result result() {
        return new Result(
                name,
                title,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.name(),
                Runtime.version().toString(),
                scale.name(),
                List.of(loadBefore, Machine.load()),
                verdicts,
                distributions,
                facts,
                notes);
    }
}

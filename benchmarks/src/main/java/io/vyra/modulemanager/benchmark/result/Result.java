package io.vyra.modulemanager.benchmark.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What one benchmark found.
 *
 * @param measuredAt RFC 3339, UTC
 * @param scale      {@code full}, or {@code tiny} for a run whose figures mean nothing
 * @param load       1-minute load average of the machine before and after
 */
public record Result(
        String name,
        String title,
        String measuredAt,
        String machine,
        String java,
        String scale,
        List<Double> load,
        List<Verdict> verdicts,
        List<Distribution> distributions,
        List<Fact> facts,
        List<String> notes) {
    public Result {
        load = List.copyOf(load);
        verdicts = List.copyOf(verdicts);
        distributions = List.copyOf(distributions);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** Whether every target was met. */
    @JsonIgnore
    public boolean isGood() {
        return verdicts.stream().allMatch(Verdict::met);
    }
}

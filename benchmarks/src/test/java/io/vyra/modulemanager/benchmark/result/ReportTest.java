package io.vyra.modulemanager.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Result result(double value) {
        return new Result(
                "spawn",
                "Starts",
                "2026-01-02T03:04:05Z",
                "2-core x86_64 VM",
                "25",
                "full",
                List.of(0.1, 0.25),
                List.of(Verdict.of("more at p95", value, "ms", 30)),
                List.of(Distribution.of("start", "ms", new double[] {1.234, 12.34, 1234.4})),
                List.of(new Fact("package", "100 MB")),
                List.of("In turn."));
    }

    @Test
    void shouldShowFiguresBesideTheirTargets() {
        String page = Report.page(List.of(result(29.94)));

        assertThat(page)
                .contains("| [spawn](#spawn) | more at p95 | 29.9 ms | ≤ 30 ms | met |")
                .contains("| start | 12.3 ms | 1.23 … 1234 | 1234 | 1234 | 1234 | 3 |")
                .contains("| package | 100 MB |")
                .contains("- In turn.")
                .contains("Measured on a 2-core x86_64 VM")
                .doesNotContain("mean nothing");
    }

    @Test
    void shouldSayWhenATargetWasMissed() {
        assertThat(Report.page(List.of(result(30.01)))).contains("| **missed** |");
        assertThat(result(30.01).isGood()).isFalse();
        assertThat(result(30).isGood()).isTrue();
    }
}

package io.vyra.modulemanager.benchmark.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.benchmark.footprint.Footprint.FlagFootprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintHistoryTest {
    @TempDir
    private Path folder;

    private static Figures figures(double rss) {
        return new Figures(800.4, rss, 90.25, 70, 120, 12, 2, 0.5, 4.2, 28, 11_093, 1.234);
    }

    private static Footprint footprint(String commit, double rss) {
        return new Footprint(
                commit,
                "2026-01-02T03:04:05Z",
                "2-core x86_64 VM",
                "25",
                5,
                List.of(new DistributionFootprint(
                        "slim",
                        figures(rss),
                        Map.of("AOT cache", 20_480L, "anonymous", 61_440L),
                        Map.of("Java Heap", 65_536L),
                        new ClassLoads(
                                Map.of("core.jar", 300, "java.base", 4_000), Map.of("io.vyra.modulemanager", 300)),
                        Map.of("core.jar", 2_048L, "never.jar", 10_240L),
                        List.of(new JvmReports.Instances("[J", 19_781, 20_262_456)))),
                List.of(
                        new FlagFootprint("as shipped", "", figures(rss)),
                        new FlagFootprint("small heap", "-Xmx64m", figures(50))));
    }

    @Test
    void shouldKeepALineForEachCommitInTheOrderOfMeasuring() throws Exception {
        FootprintHistory history = new FootprintHistory(folder);

        history.add(footprint("aaa", 100));
        history.add(footprint("bbb", 90));
        history.add(footprint("aaa", 80));

        assertThat(history.entries()).extracting(FootprintHistory.Entry::commit).containsExactly("bbb", "aaa");
        assertThat(history.entries().getLast().distributions()).containsExactly(Map.entry("slim", figures(80)));
        assertThat(folder.resolve("footprint-history.jsonl"))
                .content()
                .hasLineCount(2)
                .contains("\"start_milliseconds\":800.4");
        assertThat(Files.readString(folder.resolve("footprint.json"))).contains("\"commit\" : \"aaa\"");
    }

    @Test
    void shouldRenderWhatWasMeasured() throws Exception {
        FootprintHistory history = new FootprintHistory(folder);
        history.add(footprint("bbb", 90));
        history.add(footprint("aaa", 80));

        String page = FootprintPage.of(footprint("aaa", 80), history.entries());

        assertThat(page)
                .contains("Commit `aaa`", "medians of 5 runs", "2-core x86_64 VM")
                .contains("|  | slim |", "| RSS, idle, MiB | 80 |", "| loaded classes | 11093 |")
                .contains("| mapping | slim |\n|---|---:|\n| anonymous | 60 |\n| AOT cache | 20 |")
                .contains("| `[J` | 19781 | 19788 |")
                .contains("4300 classes were loaded", "| core.jar | 300 | 2 |", "| java.base | 4000 |  |")
                .contains("Jars of which no class was loaded: never.jar (10 KiB).")
                .contains("| small heap | `-Xmx64m` | 800 | 50 |")
                .contains("| `bbb`, 2026-01-02 | slim | 800 | 90 |");
    }

    @Test
    void shouldTakeTheMedianFigureByFigure() {
        Figures median = Figures.median(List.of(figures(3), figures(1), figures(2)));

        assertThat(median).isEqualTo(figures(2));
    }
}

package io.vyra.modulemanager.benchmark.footprint;

import io.vyra.modulemanager.benchmark.result.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** The page {@code docs/footprint.md}. */
final class FootprintPage {
    private static final int ORIGINS = 30;
    private static final int PACKAGES = 20;
    private static final double KIBIBYTES = 1024;

    private FootprintPage() {}

    private record Row(String name, String unit, ToDoubleFunction<Figures> figure) {}

    private static final List<Row> ROWS = List.of(
            new Row("start of the process to the first 200", "ms", Figures::startMilliseconds),
            new Row("RSS, idle", "MiB", Figures::rss),
            new Row("PSS, idle", "MiB", Figures::pss),
            new Row("anonymous memory, idle", "MiB", Figures::anonymous),
            new Row("RSS after use", "MiB", Figures::rssAfterUse),
            new Row("heap after a full collection, idle", "MiB", Figures::heap),
            new Row("metaspace, committed", "MiB", Figures::metaspace),
            new Row("of it class space", "MiB", Figures::classSpace),
            new Row("code cache, used", "MiB", Figures::codeCache),
            new Row("threads", "", Figures::threads),
            new Row("loaded classes", "", Figures::classes),
            new Row("GET /api/v1/modules, median", "ms", Figures::requestMilliseconds));

    private static final List<Row> FLAG_COLUMNS = List.of(
            new Row("start", "ms", Figures::startMilliseconds),
            new Row("RSS idle", "MiB", Figures::rss),
            new Row("PSS idle", "MiB", Figures::pss),
            new Row("anonymous idle", "MiB", Figures::anonymous),
            new Row("RSS after use", "MiB", Figures::rssAfterUse),
            new Row("heap", "MiB", Figures::heap),
            new Row("code cache", "MiB", Figures::codeCache),
            new Row("threads", "", Figures::threads),
            new Row("request", "ms", Figures::requestMilliseconds));

    private static final List<Row> HISTORY_COLUMNS = List.of(
            new Row("start", "ms", Figures::startMilliseconds),
            new Row("RSS idle", "MiB", Figures::rss),
            new Row("PSS idle", "MiB", Figures::pss),
            new Row("anonymous idle", "MiB", Figures::anonymous),
            new Row("RSS after use", "MiB", Figures::rssAfterUse),
            new Row("heap", "MiB", Figures::heap),
            new Row("threads", "", Figures::threads),
            new Row("classes", "", Figures::classes));

    static String of(Footprint footprint, List<FootprintHistory.Entry> history) {
        StringBuilder page = new StringBuilder("""
                # Footprint

                Made by `./mm bench footprint`; do not edit. The service of the image, started by its own entry point as a process, with the image's Java runtime, flags
                and AOT cache, a heap sized as under a limit of 256 MB, HTTPS, no modules. *Idle* is some seconds after the first 200 of a start on data that is there.
                *Use*: log in, read the lists ten times, install and run a module, remove it.

                """);
        page.append("Commit `%s`, measured on a %s, Java %s, at %s; medians of %d runs in turn.\n"
                .formatted(
                        footprint.commit(),
                        footprint.machine(),
                        footprint.java(),
                        footprint.measuredAt(),
                        footprint.rounds()));
        summary(page, footprint.distributions());
        page.append("\n## Where the memory lies\n\nProportional set size when idle, by kind of mapping, MiB.\n");
        bySize(page, "mapping", footprint.distributions(), DistributionFootprint::pss);
        page.append("\nCommitted memory by the JVM's own categories, MiB. Committed is not yet resident.\n");
        bySize(page, "category", footprint.distributions(), DistributionFootprint::nativeMemory);
        footprint.distributions().forEach(it -> heap(page, it));
        footprint.distributions().forEach(it -> classes(page, it));
        flags(page, footprint.flags());
        history(page, history);
        return page.toString();
    }

    private static void summary(StringBuilder page, List<DistributionFootprint> distributions) {
        header(page, "", names(distributions));
        for (Row row : ROWS) {
            page.append("| ")
                    .append(row.name())
                    .append(row.unit().isEmpty() ? "" : ", " + row.unit())
                    .append(" |");
            distributions.forEach(it -> page.append(' ')
                    .append(Report.number(row.figure().applyAsDouble(it.figures())))
                    .append(" |"));
            page.append('\n');
        }
    }

    private interface Sizes {
        Map<String, Long> of(DistributionFootprint distribution);
    }

    private static void bySize(
            StringBuilder page, String what, List<DistributionFootprint> distributions, Sizes sizes) {
        TreeSet<String> kinds = new TreeSet<>();
        distributions.forEach(it -> kinds.addAll(sizes.of(it).keySet()));
        List<String> sorted = new ArrayList<>(kinds);
        sorted.sort(Comparator.comparing((String kind) -> distributions.stream()
                        .mapToLong(it -> sizes.of(it).getOrDefault(kind, 0L))
                        .sum())
                .reversed());
        header(page, what, names(distributions));
        for (String kind : sorted) {
            page.append("| ").append(kind).append(" |");
            distributions.forEach(it -> page.append(' ')
                    .append(Report.number(sizes.of(it).getOrDefault(kind, 0L) / KIBIBYTES))
                    .append(" |"));
            page.append('\n');
        }
    }

    private static void heap(StringBuilder page, DistributionFootprint distribution) {
        page.append(
                "\nLargest classes on the heap of %s, idle, after a full collection.\n".formatted(distribution.name()));
        header(page, "class", List.of("instances", "KiB"));
        distribution
                .largest()
                .forEach(it -> page.append("| `%s` | %d | %d |\n"
                        .formatted(it.className(), it.count(), Math.round(it.bytes() / KIBIBYTES))));
    }

    private static void classes(StringBuilder page, DistributionFootprint distribution) {
        ClassLoads loads = distribution.loads();
        int all = loads.byOrigin().values().stream().mapToInt(Integer::intValue).sum();
        page.append("\n## Loaded classes of %s\n\n%d classes were loaded up to the end of the use, of which\n"
                .formatted(distribution.name(), all));
        header(page, "jar or module", List.of("classes", "jar, KiB"));
        for (Map.Entry<String, Integer> origin : most(loads.byOrigin(), ORIGINS)) {
            Long size = distribution.jars().get(origin.getKey());
            page.append("| %s | %d | %s |\n"
                    .formatted(
                            origin.getKey(),
                            origin.getValue(),
                            size == null ? "" : String.valueOf(Math.round(size / KIBIBYTES))));
        }
        header(page, "package", List.of("classes"));
        most(loads.byPackage(), PACKAGES)
                .forEach(it -> page.append("| %s | %d |\n".formatted(it.getKey(), it.getValue())));
        page.append("\nJars of which no class was loaded: ");
        List<String> unused = loads.unused(distribution.jars().keySet()).stream()
                .map(jar -> "%s (%d KiB)"
                        .formatted(jar, Math.round(distribution.jars().get(jar) / KIBIBYTES)))
                .toList();
        page.append(unused.isEmpty() ? "none" : String.join(", ", unused)).append(".\n");
    }

    private static List<Map.Entry<String, Integer>> most(Map<String, Integer> counts, int count) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(count)
                .toList();
    }

    private static void flags(StringBuilder page, List<Footprint.FlagFootprint> flags) {
        if (flags.isEmpty()) {
            return;
        }
        page.append(
                "\n## What flags of the JVM change\n\nSLIM; each way with an AOT cache trained with its flags, after those of `java.options`, in turn. Memory in MiB.\n");
        header(page, "", columns("flags", FLAG_COLUMNS));
        for (Footprint.FlagFootprint it : flags) {
            page.append("| %s | %s |".formatted(it.label(), it.flags().isEmpty() ? "" : "`" + it.flags() + "`"));
            cells(page, FLAG_COLUMNS, it.figures());
        }
    }

    private static void history(StringBuilder page, List<FootprintHistory.Entry> history) {
        page.append("\n## History\n\nMemory in MiB.\n");
        header(page, "commit", columns("distribution", HISTORY_COLUMNS));
        for (FootprintHistory.Entry entry : history) {
            entry.distributions().forEach((name, figures) -> {
                String day = entry.measuredAt().substring(0, "2026-01-01".length());
                page.append("| `%s`, %s | %s |".formatted(entry.commit(), day, name));
                cells(page, HISTORY_COLUMNS, figures);
            });
        }
    }

    private static List<String> columns(String first, List<Row> figures) {
        List<String> names = new ArrayList<>(List.of(first));
        figures.forEach(it -> names.add(it.unit().equals("ms") ? it.name() + ", ms" : it.name()));
        return names;
    }

    private static void cells(StringBuilder page, List<Row> columns, Figures figures) {
        columns.forEach(it -> page.append(' ')
                .append(Report.number(it.figure().applyAsDouble(figures)))
                .append(" |"));
        page.append('\n');
    }

    private static List<String> names(List<DistributionFootprint> distributions) {
        return distributions.stream().map(DistributionFootprint::name).toList();
    }

    private static void header(StringBuilder page, String first, List<String> columns) {
        page.append("\n| ")
                .append(first)
                .append(" | ")
                .append(String.join(" | ", columns))
                .append(" |\n|---|");
        page.append("---:|".repeat(columns.size())).append('\n');
    }
}

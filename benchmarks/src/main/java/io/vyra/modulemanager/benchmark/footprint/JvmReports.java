package io.vyra.modulemanager.benchmark.footprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code jcmd} prints of a HotSpot JVM of Java 25. Sizes are in KiB. */
final class JvmReports {
    private static final Pattern GENERATION =
            Pattern.compile("(?m)^\\s*(?:DefNew|Tenured|garbage-first heap).*?used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K, committed (\\d+)K");
    private static final Pattern CLASS_SPACE = Pattern.compile("class space +used (\\d+)K, committed (\\d+)K");
    private static final Pattern CODE_CACHE = Pattern.compile("CodeCache: size=\\d+Kb,? used=(\\d+)Kb");
    private static final Pattern CLASSES = Pattern.compile("(?m)^Total = \\d+ +(\\d+)");
    private static final Pattern NATIVE = Pattern.compile("(?m)^- +(.+?) \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final Pattern HISTOGRAM = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)");

    private JvmReports() {}

    /** Objects of one class on the heap. */
    record Instances(String className, long count, long bytes) {}

    /** Of {@code GC.heap_info}, all generations. */
    static long heapUsed(String heapInfo) {
        long used = GENERATION
                .matcher(heapInfo)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        return used > 0 ? used : one(GENERATION, heapInfo);
    }

    /** Committed, of {@code VM.metaspace}; with the class space. */
    static long metaspaceCommitted(String metaspace) {
        return number(METASPACE, metaspace, 2);
    }

    /** Committed, of {@code VM.metaspace}. */
    static long classSpaceCommitted(String metaspace) {
        return number(CLASS_SPACE, metaspace, 2);
    }

    /** Of {@code Compiler.codecache}. */
    static long codeCacheUsed(String codeCache) {
        return one(CODE_CACHE, codeCache);
    }

    /** Of {@code VM.classloader_stats}. */
    static int loadedClasses(String classLoaders) {
        return (int) one(CLASSES, classLoaders);
    }

    /** Committed by category, of {@code VM.native_memory summary scale=KB}, in the JVM's order. */
    static Map<String, Long> nativeMemory(String summary) {
        Map<String, Long> categories = new LinkedHashMap<>();
        NATIVE.matcher(summary)
                .results()
                .forEach(match -> categories.put(match.group(1), Long.parseLong(match.group(2))));
        if (categories.isEmpty()) {
            throw unexpected(summary);
        }
        return categories;
    }

    /** The largest of {@code GC.class_histogram}, which sorts by bytes. */
    static List<Instances> largest(String histogram, int count) {
        List<Instances> largest = new ArrayList<>();
        Matcher row = HISTOGRAM.matcher(histogram);
        while (largest.size() < count && row.find()) {
            largest.add(new Instances(row.group(3), Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
        }
        return List.copyOf(largest);
    }

    private static long one(Pattern pattern, String text) {
        return number(pattern, text, 1);
    }

    private static long number(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw unexpected(text);
        }
        return Long.parseLong(matcher.group(group));
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException("jcmd printed something that is not understood:\n" + text);
    }
}

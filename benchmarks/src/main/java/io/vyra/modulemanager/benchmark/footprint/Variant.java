package io.vyra.modulemanager.benchmark.footprint;

import java.util.List;
import java.util.Map;

/**
 * A way to run the JVM.
 *
 * @param label       in the report
 * @param flags       after those of {@code docker/entrypoint/java.options}, which they override
 * @param environment of the process
 * @param cached      whether an AOT cache is trained with these flags and used
 */
record Variant(String label, List<String> flags, Map<String, String> environment, boolean cached) {
    static final Variant SHIPPED = new Variant("as shipped", List.of());

    /** What is compared, the way it is shipped first. */
    static final List<Variant> ALL = List.of(
            SHIPPED,
            new Variant("without AOT cache", List.of(), Map.of(), false),
            new Variant("AOT cache at any address", List.of("-XX:ArchiveRelocationMode=1")),
            new Variant("G1 instead of the serial collector", List.of("-XX:+UseG1GC")),
            new Variant("compact object headers", List.of("-XX:+UseCompactObjectHeaders")),
            new Variant("heap of at most 64 MB", List.of("-Xmx64m")),
            new Variant("young generation of 8 MB", List.of("-Xmn8m")),
            new Variant("heap that shrinks", List.of("-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30")),
            new Variant("both compilers", List.of("-XX:TieredStopAtLevel=4")),
            new Variant("second compiler only", List.of("-XX:TieredStopAtLevel=4", "-XX:-TieredCompilation")),
            new Variant("code cache of 32 MB", List.of("-XX:ReservedCodeCacheSize=32m")),
            new Variant("thread stacks of 256 KB", List.of("-Xss256k")),
            new Variant("malloc gives back nothing", List.of("-XX:TrimNativeHeapInterval=0")),
            new Variant("one arena of malloc", List.of(), Map.of("MALLOC_ARENA_MAX", "1"), true));

    Variant {
        flags = List.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    Variant(String label, List<String> flags) {
        this(label, flags, Map.of(), true);
    }

    /** As it is written down for people. */
    String words() {
        StringBuilder words = new StringBuilder(String.join(" ", flags));
        environment.forEach((name, value) -> words.append(name).append('=').append(value));
        return words.toString();
    }
}

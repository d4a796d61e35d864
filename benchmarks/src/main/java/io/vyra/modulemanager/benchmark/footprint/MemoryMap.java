package io.vyra.modulemanager.benchmark.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a process's memory lies, by {@code /proc/PID/smaps} (proc(5)). */
final class MemoryMap {
    private static final Pattern MAPPING = Pattern.compile("^[0-9a-f]+-[0-9a-f]+ \\S+ \\S+ \\S+ \\d+ *(.*)$");
    private static final Pattern PSS = Pattern.compile("^Pss: +(\\d+) kB$");

    private MemoryMap() {}

    static Map<String, Long> of(long pid) throws IOException {
        return pss(Files.readAllLines(Path.of("/proc", String.valueOf(pid), "smaps")));
    }

    /** Proportional set size in KiB by kind of mapping. */
    static Map<String, Long> pss(List<String> smaps) {
        Map<String, Long> sizes = new TreeMap<>();
        String kind = "";
        for (String line : smaps) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                kind = kind(mapping.group(1));
                continue;
            }
            Matcher pss = PSS.matcher(line);
            if (pss.matches()) {
                sizes.merge(kind, Long.parseLong(pss.group(1)), Long::sum);
            }
        }
        return sizes;
    }

    private static String kind(String path) {
        if (path.isEmpty() || path.startsWith("[anon")) {
            return "anonymous (Java heap, metaspace, code, arenas of malloc)";
        }
        if (path.endsWith(".aot")) {
            return "AOT cache";
        }
        if (path.endsWith(".jsa")) {
            return "class data of the Java runtime";
        }
        if (path.endsWith("libjvm.so")) {
            return "JVM (libjvm)";
        }
        if (path.contains(".so")) {
            return "other libraries";
        }
        if (path.equals("[heap]")) {
            return "main arena of malloc";
        }
        if (path.startsWith("[")) {
            return "main thread's stack, vdso";
        }
        return "other files (jars, modules, database)";
    }
}

package io.vyra.modulemanager.benchmark.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Numbers of {@code /proc/{pid}} (proc(5)). */
public final class ProcessStatus {
    private ProcessStatus() {}

    /**
     * A field of {@code status}: kibibytes for sizes.
     *
     * @param pid decimal, or {@code self}
     */
    public static double number(String pid, String field) throws IOException {
        return field(Path.of("/proc", pid, "status"), field);
    }

    /** A field of {@code smaps_rollup}, in kibibytes. */
    public static double rollup(String pid, String field) throws IOException {
        return field(Path.of("/proc", pid, "smaps_rollup"), field);
    }

    private static double field(Path file, String field) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(file + " has no " + field));
    }
}

package io.vyra.modulemanager.benchmark.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Numbers of {@code /proc/{pid}} (proc(5)). */
public final class ProcessStatus {
    /** Of the fields behind the name: numbers 14 and 15 of proc(5), counted from the third. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    /** USER_HZ, which Linux fixes towards programs on all machines that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

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

    /** Processor time it used since it started, of user and system together. */
    public static double cpuSeconds(String pid) throws IOException {
        return cpuSecondsOf(Files.readString(Path.of("/proc", pid, "stat")));
    }

    /** The name of a process, in parentheses, may hold anything; what follows it are numbers. */
    static double cpuSecondsOf(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
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

package io.vyra.modulemanager.benchmark.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the control group of a container occupies, in bytes.
 *
 * @param inUse     everything that is charged to it but the file cache that nobody touched lately, as {@code docker stats} counts
 * @param anonymous what no file could give back
 */
record MemoryUse(long inUse, long anonymous) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final double MEBIBYTE = 1 << 20;

    /** That of the control group which this process is in (cgroups(7)), version 2 or 1. */
    static MemoryUse of(long pid) throws IOException {
        return read(folder(ROOT, Files.readAllLines(Path.of("/proc", String.valueOf(pid), "cgroup"))));
    }

    /**
     * The folder of the memory controller's group.
     *
     * @param memberships lines {@code id:controllers:path} of {@code /proc/PID/cgroup}
     */
    static Path folder(Path root, List<String> memberships) throws IOException {
        for (String line : memberships) {
            String[] fields = line.split(":", 3);
            if (List.of(fields[1].split(",")).contains("memory")) {
                return root.resolve("memory").resolve(fields[2].substring(1));
            }
        }
        for (String line : memberships) {
            if (line.startsWith("0::/")) {
                return root.resolve(line.substring(4));
            }
        }
        throw new IOException("there is no control group for memory among " + memberships);
    }

    static MemoryUse read(Path folder) throws IOException {
        List<String> statistics = Files.readAllLines(folder.resolve("memory.stat"));
        Path current = folder.resolve("memory.current");
        if (Files.exists(current)) {
            return new MemoryUse(number(current) - field(statistics, "inactive_file"), field(statistics, "anon"));
        }
        return new MemoryUse(
                number(folder.resolve("memory.usage_in_bytes")) - field(statistics, "total_inactive_file"),
                field(statistics, "total_rss"));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static long field(List<String> statistics, String name) throws IOException {
        return statistics.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("memory.stat has no " + name));
    }

    double inUseMebibytes() {
        return inUse / MEBIBYTE;
    }

    double anonymousMebibytes() {
        return anonymous / MEBIBYTE;
    }
}

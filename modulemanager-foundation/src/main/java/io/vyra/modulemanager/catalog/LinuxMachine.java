package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.Architecture;
import io.vyra.modulemanager.module.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * This machine, as Linux describes it in {@code /proc}, {@code /sys} and {@code /etc/os-release}.
 *
 * <p>Thread-safe. Ports are read from the kernel's tables rather than tried: binding would disturb, and needs privileges below 1024.
 */
public final class LinuxMachine implements Machine {
    private static final String TCP_LISTEN = "0A";
    private static final List<String> GPU_DEVICES =
            List.of("dev/nvidia0", "dev/nvhost-gpu", "dev/nvgpu", "dev/dri/renderD128", "dev/kfd");

    private final Path data;
    private final Path root;

    /**
     * @param data folder on the file system where modules are kept; exists
     */
    public LinuxMachine(Path data) {
        this(data, Path.of("/"));
    }

    LinuxMachine(Path data, Path root) {
        this.data = data;
        this.root = root;
    }

    @Override
    public long freeDiskBytes() {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("the free space of " + data + " could not be read", e);
        }
    }

    @Override
    public long freeMemoryBytes() {
        long available = memory("MemAvailable:");
        OptionalLong limit = number("sys/fs/cgroup/memory.max");
        OptionalLong used = number("sys/fs/cgroup/memory.current");
        return limit.isPresent() && used.isPresent()
                ? Math.min(available, Math.max(0, limit.getAsLong() - used.getAsLong()))
                : available;
    }

    @Override
    public long totalMemoryBytes() {
        return Math.min(memory("MemTotal:"), number("sys/fs/cgroup/memory.max").orElse(Long.MAX_VALUE));
    }

    /** Lines of proc(5) meminfo look like {@code MemTotal:  16318480 kB}. */
    private long memory(String key) {
        return lines("proc/meminfo")
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(key.length()).strip().split(" ")[0])
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("/proc/meminfo has no " + key))
                * 1_024;
    }

    /** Empty where the control group has no limit ({@code max}) or there is no cgroup v2. */
    private OptionalLong number(String file) {
        Optional<String> text = lines(file).findFirst().map(String::strip);
        return text.isPresent() && text.get().matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text.get()))
                : OptionalLong.empty();
    }

    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file)).stream();
        } catch (IOException e) {
            // A kernel built without IPv6 or cgroup v2 does not have the file; then it has nothing to say either.
            return Stream.empty();
        }
    }

    @Override
    public String architecture() {
        return Architecture.normalise(System.getProperty("os.arch"));
    }

    @Override
    public boolean isSystem(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("linux") || wanted.equals("any")) {
            return true;
        }
        String id = release("ID");
        String version = release("VERSION_ID");
        return !id.isEmpty()
                && (wanted.equals(id)
                        || wanted.equals(id + version)
                        || wanted.equals(id + "-" + version)
                        || wanted.equals(id + ":" + version)
                        || wanted.equals(id + " " + version)
                        || wanted.equals(release("VERSION_CODENAME")));
    }

    /** A value of os-release(5). */
    private String release(String key) {
        return lines("etc/os-release")
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", "").toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    @Override
    public boolean portInUse(int port, ProcessSpec.Protocol protocol) {
        return switch (protocol) {
            case TCP -> isIn("proc/net/tcp", port, true) || isIn("proc/net/tcp6", port, true);
            case UDP -> isIn("proc/net/udp", port, false) || isIn("proc/net/udp6", port, false);
        };
    }

    /** Lines look like {@code 0: 0100007F:1F90 00000000:0000 0A …}: slot, local address and port, remote one, state. */
    private boolean isIn(String table, int port, boolean listeningOnly) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return lines(table)
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(fields -> fields.length > 3
                        && fields[1].endsWith(suffix)
                        && (!listeningOnly || fields[3].equals(TCP_LISTEN)));
    }

    @Override
    public boolean hasDevice(Path device) {
        return Files.exists(root.resolve(Path.of("/").relativize(device.toAbsolutePath())));
    }

    @Override
    public boolean hasGpu() {
        return GPU_DEVICES.stream().anyMatch(device -> Files.exists(root.resolve(device)));
    }
}

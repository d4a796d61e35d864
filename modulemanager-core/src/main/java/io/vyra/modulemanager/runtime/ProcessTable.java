package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel's list of processes, {@code /proc} (proc(5)). Stateless and thread-safe. */
final class ProcessTable {
    /** {@code USER_HZ}: 100 on every architecture Linux runs on that this product supports. */
    static final double TICKS_PER_SECOND = 100.0;

    private static final long AT_PAGESZ = 6;
    private static final long USUAL_PAGE_BYTES = 4096;
    private static final int MAX_ENVIRONMENT = 1 << 20;
    private final Path proc;
    private final long pageBytes;

    ProcessTable() {
        this(Path.of("/proc"));
    }

    ProcessTable(Path proc) {
        this.proc = proc;
        this.pageBytes = readPageSize(proc);
    }

    /**
     * @param state      one letter of proc(5): {@code T} is stopped, {@code Z} a zombie
     * @param startTicks clock ticks between boot and its start
     * @param cpuTicks   clock ticks of processor time it and its reaped children used
     */
    record Entry(long pid, long parent, char state, long startTicks, long cpuTicks, long residentBytes) {
        boolean isZombie() {
            return state == 'Z' || state == 'X';
        }
    }

    /** The id of the present boot of the machine. */
    String bootId() {
        try {
            return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the kernel's boot id cannot be read", e);
        }
    }

    Optional<Entry> find(long pid) {
        try {
            return parse(
                    pid,
                    Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether this very process, and not another that got its number later, still runs. */
    boolean isAlive(ProcessIdentity identity) {
        return entryOf(identity).filter(entry -> !entry.isZombie()).isPresent();
    }

    Optional<Entry> entryOf(ProcessIdentity identity) {
        return identity.bootId().equals(bootId())
                ? find(identity.pid()).filter(entry -> entry.startTicks() == identity.startTicks())
                : Optional.empty();
    }

    List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                find(Long.parseLong(folder.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (IOException | NumberFormatException e) {
            return entries;
        }
        return entries;
    }

    /** Every process below {@code ancestor}, which is not included. */
    List<Entry> descendants(long ancestor) {
        Map<Long, List<Entry>> children = new HashMap<>();
        all().forEach(entry -> children.computeIfAbsent(entry.parent(), pid -> new ArrayList<>())
                .add(entry));
        List<Entry> found = new ArrayList<>();
        Deque<Long> open = new ArrayDeque<>(List.of(ancestor));
        while (!open.isEmpty()) {
            for (Entry child : children.getOrDefault(open.pop(), List.of())) {
                found.add(child);
                open.push(child.pid());
            }
        }
        return found;
    }

    /** Whether the process was started with an environment in which {@code pair} ({@code NAME=VALUE…}) begins an entry. */
    boolean hasInEnvironment(long pid, String pair) {
        try (InputStream in =
                Files.newInputStream(proc.resolve(Long.toString(pid)).resolve("environ"))) {
            String environment = new String(in.readNBytes(MAX_ENVIRONMENT), StandardCharsets.ISO_8859_1);
            return environment.startsWith(pair) || environment.contains("\0" + pair);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the process was started with all these arguments. */
    boolean hasArguments(long pid, List<String> arguments) {
        try (InputStream in =
                Files.newInputStream(proc.resolve(Long.toString(pid)).resolve("cmdline"))) {
            String line = new String(in.readNBytes(MAX_ENVIRONMENT), StandardCharsets.UTF_8);
            return List.of(line.split("\0", -1)).containsAll(arguments);
        } catch (IOException e) {
            return false;
        }
    }

    /** The effective user id of this process. */
    long ownUser() {
        try {
            return Files.readAllLines(proc.resolve("self/status"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> Long.parseLong(line.split("\\s+")[2]))
                    .findFirst()
                    .orElse(-1L);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    /** From the auxiliary vector (getauxval(3), AT_PAGESZ): boards with 16 and 64 KiB pages exist. */
    private static long readPageSize(Path proc) {
        try {
            ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(proc.resolve("self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 16) {
                long type = vector.getLong();
                long value = vector.getLong();
                if (type == AT_PAGESZ) {
                    return value;
                }
            }
        } catch (IOException e) {
            return USUAL_PAGE_BYTES;
        }
        return USUAL_PAGE_BYTES;
    }

    /** The name may hold anything, brackets too: fields are counted from the last closing one. */
    Optional<Entry> parse(long pid, String stat) {
        int name = stat.lastIndexOf(") ");
        String[] fields =
                name < 0 ? new String[0] : stat.substring(name + 2).strip().split(" ");
        if (fields.length < 22) {
            return Optional.empty();
        }
        try {
            long cpu = 0;
            for (int field = 11; field <= 14; field++) {
                cpu += Long.parseLong(fields[field]);
            }
            return Optional.of(new Entry(
                    pid,
                    Long.parseLong(fields[1]),
                    fields[0].charAt(0),
                    Long.parseLong(fields[19]),
                    cpu,
                    Long.parseLong(fields[21]) * pageBytes));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}

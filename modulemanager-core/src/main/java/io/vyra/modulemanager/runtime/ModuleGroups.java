package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The control groups of one launch of a module, version 1 or 2. Thread-safe.
 *
 * @param folders    its groups; several with version 1, where each controller may have a hierarchy of its own
 * @param unenforced limits that were asked for but are not enforced, in words
 */
record ModuleGroups(List<Path> folders, List<String> unenforced) {
    private static final Logger LOG = Logger.getLogger(ModuleGroups.class);
    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    ModuleGroups {
        folders = List.copyOf(folders);
        unenforced = List.copyOf(unenforced);
    }

    /** Whether the kernel killed a process of the group for want of memory. The counters begin with the group, at zero. */
    boolean ranOutOfMemory() {
        return folders.stream()
                .flatMap(folder -> Stream.of(
                        ControlFile.number(folder.resolve("memory.events"), "oom_kill"),
                        ControlFile.number(folder.resolve("memory.oom_control"), "oom_kill")))
                .anyMatch(count -> count.orElse(0) > 0);
    }

    /** Present use; empty when the groups do not tell. */
    Optional<ModuleProcess.Usage> usage() {
        Optional<Double> cpu = cpuSeconds();
        OptionalLong memory = residentBytes();
        Optional<Integer> count = folders.stream()
                .map(folder -> ControlFile.lines(folder.resolve("cgroup.procs")).size())
                .max(Integer::compare);
        return cpu.isPresent() && memory.isPresent() && count.isPresent()
                ? Optional.of(new ModuleProcess.Usage(cpu.get(), memory.getAsLong(), count.get()))
                : Optional.empty();
    }

    private Optional<Double> cpuSeconds() {
        for (Path folder : folders) {
            OptionalLong micros = ControlFile.number(folder.resolve("cpu.stat"), "usage_usec");
            OptionalLong nanos = ControlFile.number(folder.resolve("cpuacct.usage"));
            if (micros.isPresent() || nanos.isPresent()) {
                return Optional.of(micros.isPresent() ? micros.getAsLong() / MICROS : nanos.getAsLong() / NANOS);
            }
        }
        return Optional.empty();
    }

    /** Anonymous and mapped pages, which is what ps(1) calls resident; not the page cache of files read and written. */
    private OptionalLong residentBytes() {
        for (Path folder : folders) {
            Path file = folder.resolve("memory.stat");
            for (List<String> keys :
                    List.of(List.of("anon", "file_mapped"), List.of("total_rss", "total_mapped_file"))) {
                OptionalLong anonymous = ControlFile.number(file, keys.get(0));
                if (anonymous.isPresent()) {
                    return OptionalLong.of(anonymous.getAsLong()
                            + ControlFile.number(file, keys.get(1)).orElse(0));
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Removes the groups. One in which a process is still dying stays, and goes before the next start of the module. */
    void remove() {
        folders.forEach(ModuleGroups::remove);
    }

    static void remove(Path folder) {
        try {
            Files.delete(folder);
        } catch (NoSuchFileException e) {
            LOG.debugf("control group gone folder=%s", folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.debugf("control group has groups of its own folder=%s", folder);
        } catch (IOException e) {
            LOG.debugf("control group still in use folder=%s cause=%s", folder, e.getMessage());
        }
    }
}

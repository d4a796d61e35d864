package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Manifest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * CPU and memory limits by control groups below the manager's own group, {@code vyra-modulemanager/<key>-<generation>}: version 2
 * where its controllers are delegated to the manager, else version 1, else none. Thread-safe.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
public final class CgroupLimits {
    static final String PARENT = "vyra-modulemanager";

    private static final Logger LOG = Logger.getLogger(CgroupLimits.class);
    private static final long PERIOD_MICROS = 100_000;
    private static final long LEAST_QUOTA_MICROS = 1_000;

    /** By controller, the folder in which modules' groups are made; one entry {@code ""} with version 2. */
    private final Map<String, Path> parents;

    private final ModuleRuntime.LimitSupport support;

    private CgroupLimits(Map<String, Path> parents, ModuleRuntime.LimitSupport support) {
        this.parents = Map.copyOf(parents);
        this.support = support;
    }

    /** Looks what this machine permits, and prepares it. Never fails: where nothing is permitted, says why. */
    public static CgroupLimits detect() {
        CgroupLimits limits;
        try {
            limits = detect(CgroupMounts.ofThisProcess());
        } catch (IOException e) {
            limits = none("the manager's own control group cannot be read: " + e.getMessage());
        }
        LOG.infof(
                "limits mechanism=%s reason=%s",
                limits.support.mechanism(), limits.support.reason().orElse("-"));
        return limits;
    }

    /** No limits at all, because of {@code reason}. */
    public static CgroupLimits none(String reason) {
        return new CgroupLimits(Map.of(), new ModuleRuntime.LimitSupport("none", Optional.of(reason)));
    }

    static CgroupLimits detect(CgroupMounts mounts) {
        String reason = "this machine has no control groups with the cpu and memory controllers";
        if (mounts.unified().isPresent()
                && CgroupDelegation.offers(mounts.unified().get())) {
            try {
                Path parent = CgroupDelegation.prepare(mounts.unified().get(), PARENT);
                return new CgroupLimits(
                        Map.of("", parent), new ModuleRuntime.LimitSupport("cgroup-v2", Optional.empty()));
            } catch (IOException e) {
                reason = "the control group " + mounts.unified().get() + " is not delegated to the manager: "
                        + e.getMessage();
            }
        }
        return mounts.controllers().isEmpty() ? none(reason) : versionOne(mounts.controllers());
    }

    private static CgroupLimits versionOne(Map<String, Path> controllers) {
        Map<String, Path> parents = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String controller : List.of("memory", "cpu")) {
            Path own = controllers.get(controller);
            if (own == null) {
                missing.add("the controller " + controller + " is not mounted");
                continue;
            }
            try {
                parents.put(controller, Files.createDirectories(own.resolve(PARENT)));
            } catch (IOException e) {
                missing.add("no groups can be made in " + own);
            }
        }
        boolean any = parents.containsKey("memory") || parents.containsKey("cpu");
        return any
                ? new CgroupLimits(
                        parents,
                        new ModuleRuntime.LimitSupport(
                                "cgroup-v1",
                                missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing))))
                : none(String.join("; ", missing));
    }

    /** Which limits this machine can enforce. */
    public ModuleRuntime.LimitSupport support() {
        return support;
    }

    /**
     * Makes the groups of a launch. Never fails: a limit that cannot be set is named in {@link ModuleGroups#unenforced()}.
     *
     * <p>Only groups for which there is a limit: entering one costs a start several milliseconds, for the kernel waits until all
     * processors have noticed.
     */
    ModuleGroups create(String key, long generation, Manifest.Resources resources) {
        List<Path> folders = new ArrayList<>();
        List<String> unenforced = new ArrayList<>();
        Map<String, Path> made = new LinkedHashMap<>();
        removeOld(key);
        parents.forEach((controller, parent) -> {
            if (!isNeeded(controller, resources)) {
                return;
            }
            Path folder = parent.resolve(key + "-" + generation);
            try {
                if (!folders.contains(folder)) {
                    Files.createDirectories(folder);
                    folders.add(folder);
                }
                made.put(controller, folder);
            } catch (IOException e) {
                LOG.warnf("control group not made folder=%s cause=%s", folder, e.toString());
            }
        });
        limitMemory(made, resources, unenforced);
        limitCpu(made, resources, unenforced);
        return new ModuleGroups(folders, unenforced);
    }

    private static boolean isNeeded(String controller, Manifest.Resources resources) {
        boolean memory = resources.memoryLimitBytes().isPresent()
                || resources.memoryReservationBytes().isPresent();
        boolean cpu =
                resources.cpuLimit().isPresent() || resources.cpuReservation().isPresent();
        return switch (controller) {
            case "memory" -> memory;
            case "cpu" -> cpu;
            default -> memory || cpu;
        };
    }

    private void limitMemory(Map<String, Path> made, Manifest.Resources resources, List<String> unenforced) {
        boolean unified = made.containsKey("");
        Path folder = unified ? made.get("") : made.get("memory");
        resources
                .memoryLimitBytes()
                .ifPresent(bytes -> set(
                        "memory_limit",
                        folder,
                        unified ? "memory.max" : "memory.limit_in_bytes",
                        Long.toString(bytes),
                        unenforced));
        resources
                .memoryReservationBytes()
                .ifPresent(bytes -> set(
                        "memory_reservation",
                        folder,
                        unified ? "memory.low" : "memory.soft_limit_in_bytes",
                        Long.toString(bytes),
                        unenforced));
    }

    private void limitCpu(Map<String, Path> made, Manifest.Resources resources, List<String> unenforced) {
        boolean unified = made.containsKey("");
        Path folder = unified ? made.get("") : made.get("cpu");
        resources.cpuLimit().ifPresent(cpus -> {
            long quota = Math.max(LEAST_QUOTA_MICROS, Math.round(cpus * PERIOD_MICROS));
            if (unified) {
                set("cpu_limit", folder, "cpu.max", quota + " " + PERIOD_MICROS, unenforced);
            } else if (set("cpu_limit", folder, "cpu.cfs_period_us", Long.toString(PERIOD_MICROS), unenforced)) {
                set("cpu_limit", folder, "cpu.cfs_quota_us", Long.toString(quota), unenforced);
            }
        });
        /* One processor reserved is the weight a group has by default: 100 of 1 … 10000, or 1024 of 2 … 262144 shares. */
        resources
                .cpuReservation()
                .ifPresent(cpus -> set(
                        "cpu_reservation",
                        folder,
                        unified ? "cpu.weight" : "cpu.shares",
                        Long.toString(
                                unified
                                        ? Math.clamp(Math.round(cpus * 100), 1L, 10_000L)
                                        : Math.clamp(Math.round(cpus * 1024), 2L, 262_144L)),
                        unenforced));
    }

    private boolean set(String limit, Path folder, String file, String value, List<String> unenforced) {
        if (folder == null) {
            unenforced.add(limit + ": " + support.reason().orElse("the control group could not be made"));
            return false;
        }
        try {
            ControlFile.write(folder.resolve(file), value);
            return true;
        } catch (IOException e) {
            unenforced.add(String.format(Locale.ROOT, "%s: the kernel refused %s for %s", limit, value, file));
            return false;
        }
    }

    /** The groups a shim recorded; whatever is not a group of a module is left out. */
    ModuleGroups recorded(List<Path> folders, List<String> notes) {
        List<Path> ours = folders.stream()
                .map(Path::normalize)
                .filter(folder ->
                        folder.getParent() != null && folder.getParent().endsWith(PARENT))
                .toList();
        return new ModuleGroups(ours, notes);
    }

    /** Removes the groups of all earlier launches of a module in which no process is left. */
    void removeOld(String key) {
        for (Path parent : parents.values()) {
            try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, key + "-*")) {
                groups.forEach(ModuleGroups::remove);
            } catch (IOException e) {
                LOG.debugf("control groups not listed folder=%s cause=%s", parent, e.toString());
            }
        }
    }
}

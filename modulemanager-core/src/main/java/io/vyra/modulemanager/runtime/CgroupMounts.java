package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the manager's own control groups are, from {@code /proc/self/mountinfo} (proc(5)) and {@code /proc/self/cgroup}
 * (cgroups(7)).
 *
 * @param unified     folder of the own group of version 2
 * @param controllers folder of the own group by controller, for those of version 1
 */
record CgroupMounts(Optional<Path> unified, Map<String, Path> controllers) {
    private static final Set<String> WANTED = Set.of("cpu", "memory");

    static CgroupMounts ofThisProcess() throws IOException {
        return parse(
                Files.readAllLines(Path.of("/proc/self/mountinfo")), Files.readAllLines(Path.of("/proc/self/cgroup")));
    }

    static CgroupMounts parse(List<String> mountInfo, List<String> cgroup) {
        Map<String, String> ownPaths = new LinkedHashMap<>();
        for (String line : cgroup) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                Arrays.stream(parts[1].split(",", -1)).forEach(name -> ownPaths.put(name, parts[2]));
            }
        }
        Optional<Path> unified = Optional.empty();
        Map<String, Path> controllers = new LinkedHashMap<>();
        for (String line : mountInfo) {
            String[] halves = line.split(" - ", 2);
            String[] mount = halves[0].split(" ");
            String[] source = halves.length < 2 ? new String[0] : halves[1].split(" ");
            if (mount.length < 5 || source.length < 3) {
                continue;
            }
            if (source[0].equals("cgroup2") && ownPaths.containsKey("")) {
                unified = Optional.of(ownGroup(mount, ownPaths.get("")));
            } else if (source[0].equals("cgroup")) {
                for (String option : source[2].split(",")) {
                    if (WANTED.contains(option) && ownPaths.containsKey(option)) {
                        controllers.put(option, ownGroup(mount, ownPaths.get(option)));
                    }
                }
            }
        }
        return new CgroupMounts(unified, Map.copyOf(controllers));
    }

    /** In a container the mount shows a part of the hierarchy only, and the own path may lie outside it. */
    private static Path ownGroup(String[] mount, String ownPath) {
        String root = unescape(mount[3]);
        Path point = Path.of(unescape(mount[4]));
        String below = root.equals("/") || !ownPath.startsWith(root) ? ownPath : ownPath.substring(root.length());
        Path own = point.resolve("." + (below.startsWith("/") ? below : "/" + below))
                .normalize();
        return own.startsWith(point) && Files.isDirectory(own) ? own : point;
    }

    /** proc(5): space, tab, line feed and backslash are written as octal numbers. */
    private static String unescape(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}

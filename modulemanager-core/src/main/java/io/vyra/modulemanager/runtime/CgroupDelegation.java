package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the manager's own control group (version 2) fit to hold groups with limits.
 *
 * <p>A group that hands controllers to its children may hold no process itself (cgroup-v2, "no internal process constraint"). So
 * the manager moves into a leaf below its group, but only when the group holds nobody but the manager and its descendants.
 */
final class CgroupDelegation {
    private static final Set<String> NEEDED = Set.of("cpu", "memory");
    private static final String ENABLE = "+cpu +memory";
    private static final String LEAF = "vyra-manager";

    private CgroupDelegation() {}

    static boolean offers(Path group) {
        return words(group.resolve("cgroup.controllers")).containsAll(NEEDED);
    }

    /** @return the folder in which modules' groups can be made */
    static Path prepare(Path group, String name) throws IOException {
        Path own = group.endsWith(LEAF) && group.getParent() != null ? group.getParent() : group;
        if (!handsDown(own)) {
            try {
                ControlFile.write(own.resolve("cgroup.subtree_control"), ENABLE);
            } catch (IOException e) {
                makeRoom(own);
                ControlFile.write(own.resolve("cgroup.subtree_control"), ENABLE);
            }
        }
        Path parent = Files.createDirectories(own.resolve(name));
        if (!handsDown(parent)) {
            ControlFile.write(parent.resolve("cgroup.subtree_control"), ENABLE);
        }
        return parent;
    }

    private static boolean handsDown(Path group) {
        return words(group.resolve("cgroup.subtree_control")).containsAll(NEEDED);
    }

    private static void makeRoom(Path own) throws IOException {
        Set<Long> ours =
                ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        ours.add(ProcessHandle.current().pid());
        List<String> members = ControlFile.lines(own.resolve("cgroup.procs"));
        for (String member : members) {
            if (!ours.contains(Long.parseLong(member))) {
                throw new IOException("it also holds process " + member + " of somebody else");
            }
        }
        Path leaf = Files.createDirectories(own.resolve(LEAF));
        for (String member : members) {
            ControlFile.write(leaf.resolve("cgroup.procs"), member);
        }
    }

    private static Set<String> words(Path file) {
        return ControlFile.lines(file).stream()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .collect(Collectors.toSet());
    }
}

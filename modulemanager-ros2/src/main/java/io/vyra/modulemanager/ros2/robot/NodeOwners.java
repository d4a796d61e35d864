package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which nodes belong to which module, as far as modules were probed since the manager started. A module that was removed has none any more:
 * its nodes are those of whoever names them next, or orphans. Thread-safe.
 */
public final class NodeOwners {
    private final Predicate<ModuleId> isInstalled;
    private final Map<ModuleId, Probe.RosNodes> nodes = new ConcurrentHashMap<>();

    public NodeOwners(Predicate<ModuleId> isInstalled) {
        this.isInstalled = isInstalled;
    }

    /** A module has these nodes and no others. */
    void learn(ModuleId module, Probe.RosNodes probe) {
        if (!probe.equals(nodes.put(module, probe))) {
            nodes.keySet().removeIf(known -> !known.equals(module) && !isInstalled.test(known));
        }
    }

    /** A module is no nodes any more. */
    void forget(ModuleId module) {
        nodes.remove(module);
    }

    /** The nodes of a module; of one that is just being removed, too. */
    Optional<Probe.RosNodes> of(ModuleId module) {
        return Optional.ofNullable(nodes.get(module));
    }

    /** The module that names this node; two that name the same one share it, and the first by id has it. */
    public Optional<ModuleId> ownerOf(String node) {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().all().contains(node))
                .map(Map.Entry::getKey)
                .filter(isInstalled)
                .min(Comparator.comparing(ModuleId::toString));
    }

    /** The module of the only node whose name ends so; empty where several modules have one. */
    Optional<ModuleId> ownerOfLastWord(String word) {
        List<ModuleId> found = nodes.entrySet().stream()
                .filter(entry -> entry.getValue().all().stream().anyMatch(node -> node.endsWith("/" + word)))
                .map(Map.Entry::getKey)
                .filter(isInstalled)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The module of the node that logs under this name, or under one that begins with it: {@code arm.driver.motor} is of {@code /arm/driver}. */
    Optional<ModuleId> ownerOfLogger(String name) {
        String path = "/" + name.replace('.', '/');
        while (!path.isEmpty()) {
            Optional<ModuleId> owner = ownerOf(path);
            if (owner.isPresent()) {
                return owner;
            }
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return Optional.empty();
    }
}

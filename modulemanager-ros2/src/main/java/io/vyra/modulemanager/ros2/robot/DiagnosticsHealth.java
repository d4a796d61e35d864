package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.module.ModuleHealth;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes of modules say on {@code /diagnostics} is the modules' health: the worst of what their nodes said last. A status belongs to
 * the node whose name it begins with, as diagnostic_updater writes it ({@code driver: motor}), with or without the namespace. What was said
 * before the module's process ended is forgotten with it. Thread-safe.
 */
public final class DiagnosticsHealth implements BridgePart {
    /** Of diagnostic_msgs/msg/DiagnosticStatus. */
    private static final int OK = 0;

    private static final int ERROR = 2;
    private static final int MOST_STATUSES = 256;

    private final NodeOwners owners;
    private final ModuleReports reports;
    private final Map<ModuleId, Map<String, Integer>> levels = new HashMap<>();

    public DiagnosticsHealth(NodeOwners owners, ModuleReports reports) {
        this.owners = owners;
        this.reports = reports;
    }

    @Override
    public void attach(RosPort port) {
        port.subscribe(
                "/diagnostics",
                TypeName.message("diagnostic_msgs", "DiagnosticArray"),
                Qos.DEFAULT.withDepth(100),
                this::received);
    }

    @Override
    public synchronized void detach() {
        levels.clear();
    }

    private synchronized void received(Map<String, Object> message) {
        for (Object item : (List<?>) message.get("status")) {
            Map<?, ?> status = (Map<?, ?>) item;
            String name = (String) status.get("name");
            owner(name).ifPresent(module -> {
                Map<String, Integer> ofIt = ofThisLife(module);
                if (ofIt.size() < MOST_STATUSES || ofIt.containsKey(name)) {
                    ofIt.put(name, level(status.get("level")));
                }
                reports.state(module, health(ofIt));
            });
        }
    }

    /** The reports forget a module when its process ends, or when it is removed: what they know no health of has a new life. */
    private Map<String, Integer> ofThisLife(ModuleId module) {
        if (reports.layers(module).health().isEmpty()) {
            levels.remove(module);
            levels.keySet().removeIf(known -> !reports.hears(known));
        }
        return levels.computeIfAbsent(module, _ -> new HashMap<>());
    }

    private Optional<ModuleId> owner(String status) {
        int colon = status.indexOf(':');
        String node = (colon < 0 ? status : status.substring(0, colon)).strip();
        String full = node.startsWith("/") ? node : "/" + node;
        return owners.ownerOf(full).or(() -> owners.ownerOfLastWord(node));
    }

    private static int level(Object level) {
        return ((Number) level).intValue();
    }

    /** Stale is a warning: nothing was said to be broken. */
    private static ModuleHealth health(Map<String, Integer> levels) {
        if (levels.containsValue(ERROR)) {
            return ModuleHealth.CRITICAL;
        }
        return levels.values().stream().allMatch(level -> level == OK) ? ModuleHealth.HEALTHY : ModuleHealth.WARNING;
    }
}

package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.port.LogLevel;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.Map;

/** What the nodes of modules write to {@code /rosout} goes into the modules' log feeds. Thread-safe. */
public final class RosoutFeed implements BridgePart {
    /** Not what was said before: it was taken then, or is of an earlier life. */
    private static final Qos QOS = Qos.DEFAULT.withDepth(1_000);

    private final NodeOwners owners;
    private final ModuleReports reports;

    public RosoutFeed(NodeOwners owners, ModuleReports reports) {
        this.owners = owners;
        this.reports = reports;
    }

    @Override
    public void attach(RosPort port) {
        port.subscribe("/rosout", TypeName.message("rcl_interfaces", "Log"), QOS, this::received);
    }

    @Override
    public void detach() {
        // The port closes its subscriptions.
    }

    private void received(Map<String, Object> log) {
        owners.ownerOfLogger((String) log.get("name"))
                .ifPresent(module -> reports.entry(
                        FeedEntry.Kind.LOG,
                        module,
                        (String) log.get("msg"),
                        level(((Number) log.get("level")).intValue())));
    }

    /** In the words of VYRA's log feed. */
    private static String level(int level) {
        if (level >= LogLevel.FATAL.number()) {
            return "CRITICAL";
        }
        if (level >= LogLevel.ERROR.number()) {
            return "ERROR";
        }
        if (level >= LogLevel.WARN.number()) {
            return "WARNING";
        }
        return level >= LogLevel.INFO.number() ? "INFO" : "DEBUG";
    }
}

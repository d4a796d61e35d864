package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.graph.Subscription;
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
    public void attach(RosNode node) {
        node.createSubscription("/rosout", TypeName.message("rcl_interfaces", "Log"), QOS, this::received);
    }

    @Override
    public void detach() {
        // The node closes its subscriptions.
    }

    private void received(Subscription.Message message) {
        Map<String, Object> log = message.value();
        owners.ownerOfLogger((String) log.get("name"))
                .ifPresent(module -> reports.entry(
                        FeedEntry.Kind.LOG,
                        module,
                        (String) log.get("msg"),
                        level(((Number) log.get("level")).intValue())));
    }

    /** In the words of VYRA's log feed. */
    private static String level(int level) {
        if (level >= RosNode.Severity.FATAL.level()) {
            return "CRITICAL";
        }
        if (level >= RosNode.Severity.ERROR.level()) {
            return "ERROR";
        }
        if (level >= RosNode.Severity.WARN.level()) {
            return "WARNING";
        }
        return level >= RosNode.Severity.INFO.level() ? "INFO" : "DEBUG";
    }
}

package io.vyra.modulemanager.api.ros;

import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros.RosGraph;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The graph and the bridge's own state as the API shows them. */
public record RosGraphBody(
        Bridge bridge,
        List<Node> nodes,
        List<RosGraph.Topic> topics,
        List<RosGraph.Service> services,
        List<RosGraph.Conflict> conflicts,
        long conflictCount) {

    public record Bridge(
            boolean enabled,
            boolean connected,
            Instant since,
            String reason,
            int domain,
            String range,
            List<String> peers,
            String node,
            RosBridge.Counters counters) {}

    /** @param module null for an orphan, or for a node of a module that the reader may not know of */
    public record Node(String name, String vendor, boolean own, String module) {}

    /** @param maySee whether the reader may know of the module with this id */
    static RosGraphBody of(RosBridge.Status status, RosGraph graph, Predicate<String> maySee) {
        return new RosGraphBody(
                new Bridge(
                        status.enabled(),
                        status.connected(),
                        status.since(),
                        status.reason(),
                        status.domain(),
                        status.range(),
                        status.peers(),
                        status.node().orElse(null),
                        status.counters()),
                graph.nodes().stream()
                        .map(node -> new Node(
                                node.name(),
                                node.vendor(),
                                node.own(),
                                node.module().filter(maySee).orElse(null)))
                        .toList(),
                graph.topics(),
                graph.services(),
                graph.conflicts(),
                graph.conflictCount());
    }
}

package io.vyra.modulemanager.ros2.port;

import io.vyra.ros2.rtps.qos.Qos;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What is known of the graph at a time.
 *
 * @param nodes    every node, once for each time that it is there: two may have the same name
 * @param topics   ends by the topic's name
 * @param services ends by the service's name
 */
public record GraphView(
        List<Node> nodes, SortedMap<String, List<Endpoint>> topics, SortedMap<String, List<Endpoint>> services) {
    /**
     * A node.
     *
     * @param fullName with the namespace
     * @param vendor   whose implementation of DDS it runs on, or {@code unknown}
     */
    public record Node(String fullName, String vendor) {}

    /**
     * A publisher or subscription of a topic, or a server or client of a service.
     *
     * @param node        full name of the node that has it, when it is known
     * @param type        such as {@code std_msgs/msg/String}
     * @param isProviding whether it is a publisher or a server
     */
    public record Endpoint(Optional<String> node, String type, boolean isProviding, Qos qos) {}

    public GraphView {
        nodes = List.copyOf(nodes);
    }

    /** Full names of all nodes. */
    public Set<String> nodeNames() {
        return nodes.stream().map(Node::fullName).collect(Collectors.toUnmodifiableSet());
    }
}

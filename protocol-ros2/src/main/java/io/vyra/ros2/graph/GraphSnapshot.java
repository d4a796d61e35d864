package io.vyra.ros2.graph;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is known of the graph at a time.
 *
 * @param nodes every node, once for each time that it is there: two may have the same name
 * @param topics by name
 * @param services the types of each service's servers, by name
 */
public record GraphSnapshot(
        List<Node> nodes, SortedMap<String, List<Endpoint>> topics, SortedMap<String, List<Endpoint>> services) {
    /**
     * A node.
     *
     * @param vendor whose implementation of DDS it runs on
     */
    public record Node(String namespace, String name, Vendor vendor, List<Guid> readers, List<Guid> writers) {
        /** With the namespace. */
        public String fullName() {
            return GraphSnapshot.fullName(namespace, name);
        }
    }

    static String fullName(String namespace, String name) {
        return namespace.equals("/") ? "/" + name : namespace + "/" + name;
    }

    /**
     * A publisher or subscription of a topic, or a server or client of a service.
     *
     * @param node full name of the node that has it, when it is known
     * @param type such as {@code std_msgs/msg/String}, or as it is in DDS when it is none of ROS 2
     * @param isProviding whether it is a publisher or a server
     * @param typeHash since ROS 2 Iron
     */
    public record Endpoint(
            Guid guid, Optional<String> node, String type, boolean isProviding, Qos qos, Optional<String> typeHash) {}

    public GraphSnapshot {
        nodes = List.copyOf(nodes);
    }

    /** Nodes by full name. */
    public Map<String, List<Node>> nodesByName() {
        return nodes.stream().collect(java.util.stream.Collectors.groupingBy(Node::fullName));
    }
}

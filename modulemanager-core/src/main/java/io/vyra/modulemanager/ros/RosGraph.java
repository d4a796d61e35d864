package io.vyra.modulemanager.ros;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the graph of ROS 2.
 *
 * @param nodes    by full name; a name that two nodes have stands twice
 * @param topics   by name
 * @param services by name
 */
public record RosGraph(List<Node> nodes, List<Topic> topics, List<Service> services) {
    public RosGraph {
        nodes = List.copyOf(nodes);
        topics = List.copyOf(topics);
        services = List.copyOf(services);
    }

    /**
     * @param name   with its namespace
     * @param vendor whose implementation of DDS it runs on
     * @param own    whether it is the manager's
     * @param module id of the module that it is a part of; empty for an orphan, which no module names
     */
    public record Node(String name, String vendor, boolean own, Optional<String> module) {}

    /**
     * @param types more than one where its ends do not agree
     */
    public record Topic(String name, List<String> types, List<Endpoint> publishers, List<Endpoint> subscriptions) {
        public Topic {
            types = List.copyOf(types);
            publishers = List.copyOf(publishers);
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /**
     * A publisher or a subscription.
     *
     * @param node        empty text while it is not known whose it is
     * @param reliability {@code reliable} or {@code best_effort}
     * @param durability  {@code volatile} or {@code transient_local}
     */
    public record Endpoint(String node, String type, String reliability, String durability) {}

    /**
     * @param servers full names of the nodes that serve it
     * @param clients full names of the nodes that may call it
     */
    public record Service(String name, List<String> types, List<String> servers, List<String> clients) {
        public Service {
            types = List.copyOf(types);
            servers = List.copyOf(servers);
            clients = List.copyOf(clients);
        }
    }
}

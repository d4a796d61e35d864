package io.vyra.modulemanager.ros;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the graph of ROS 2.
 *
 * @param nodes    by full name; a name that two nodes have stands twice
 * @param topics   by name
 * @param services by name
 * @param conflicts publishers and subscriptions that do not get together, whosever they are, by topic; the first hundred
 * @param conflictCount how many of those there are
 */
public record RosGraph(
        List<Node> nodes, List<Topic> topics, List<Service> services, List<Conflict> conflicts, long conflictCount) {
    /** Of which nothing is known. */
    public static final RosGraph EMPTY = new RosGraph(List.of(), List.of(), List.of(), List.of(), 0);

    public RosGraph {
        nodes = List.copyOf(nodes);
        topics = List.copyOf(topics);
        services = List.copyOf(services);
        conflicts = List.copyOf(conflicts);
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
     * A publisher and a subscription that do not get together, for the one asks for more than the other offers.
     *
     * @param topic in DDS' own form when it is a service's, as in {@code rq/addRequest}
     */
    public record Conflict(String topic, String type, End publisher, End subscription, List<Difference> differences) {
        public Conflict {
            differences = List.copyOf(differences);
        }
    }

    /**
     * @param node full name of its node; empty text while it is not known
     * @param gid  global id, as {@code ros2 topic info --verbose} prints it; empty text when it is not known
     */
    public record End(String node, String gid) {}

    /**
     * @param policy    as in {@code reliability}
     * @param offered   what the publisher has, for people
     * @param requested what the subscription asks for, for people
     */
    public record Difference(String policy, String offered, String requested) {}

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

package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.ros2.port.GraphView;
import io.vyra.ros2.graph.QosConflict;
import io.vyra.ros2.graph.QosConflicts;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ros2.rcljava.graph.EndpointInfo;
import org.ros2.rcljava.graph.NameAndTypes;
import org.ros2.rcljava.node.Node;

/** Asks rcl for what it knows of the graph: not which implementation a node runs on, and not which nodes serve or call a service. */
final class GraphReader {
    private static final String UNKNOWN = "unknown";

    private GraphReader() {}

    static GraphView read(Node node) {
        List<GraphView.Node> nodes = node.getNodeNames().stream()
                .map(each -> new GraphView.Node(fullName(each.namespace, each.name), UNKNOWN))
                .toList();
        SortedMap<String, List<GraphView.Endpoint>> topics = new TreeMap<>();
        for (NameAndTypes topic : node.getTopicNamesAndTypes()) {
            List<GraphView.Endpoint> ends = new ArrayList<>();
            add(ends, node.getPublishersInfo(topic.name), true);
            add(ends, node.getSubscriptionsInfo(topic.name), false);
            topics.put(topic.name, ends);
        }
        SortedMap<String, List<GraphView.Endpoint>> services = new TreeMap<>();
        for (NameAndTypes service : node.getServiceNamesAndTypes()) {
            services.put(
                    service.name,
                    service.types.stream()
                            .map(type -> new GraphView.Endpoint(Optional.empty(), type, true, Qos.DEFAULT))
                            .toList());
        }
        return new GraphView(nodes, topics, services);
    }

    private static void add(List<GraphView.Endpoint> ends, Collection<EndpointInfo> found, boolean isProviding) {
        for (EndpointInfo end : found) {
            ends.add(new GraphView.Endpoint(
                    Optional.of(fullName(end.nodeNamespace, end.nodeName)),
                    end.topicType,
                    isProviding,
                    Foreign.qos(end.qos)));
        }
    }

    /** Of topics, by reliability and durability: rcl tells neither of the other policies nor of who serves and calls a service. */
    static QosConflicts conflicts(GraphView graph) {
        List<QosConflicts.Endpoint> publishers = new ArrayList<>();
        List<QosConflicts.Endpoint> subscriptions = new ArrayList<>();
        graph.topics()
                .forEach((topic, ends) -> ends.forEach(end -> (end.isProviding() ? publishers : subscriptions)
                        .add(new QosConflicts.Endpoint(
                                topic, end.type(), new QosConflict.End(end.node(), ""), end.qos()))));
        return QosConflicts.among(publishers, subscriptions);
    }

    static String fullName(String namespace, String name) {
        return namespace.endsWith("/") ? namespace + name : namespace + "/" + name;
    }
}

package io.vyra.modulemanager.ros2.gateway;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros.RosGraph;
import io.vyra.modulemanager.ros2.port.GraphView;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.graph.QosConflict;
import io.vyra.ros2.graph.QosConflicts;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Puts what is known of the graph into the form that other faces see. */
final class GraphReader {
    private GraphReader() {}

    static RosGraph read(RosPort own, Function<String, Optional<ModuleId>> owners) {
        GraphView graph = own.graph();
        List<RosGraph.Node> nodes = new ArrayList<>();
        nodes.add(new RosGraph.Node(own.fullName(), "VYRA", true, Optional.empty()));
        for (GraphView.Node node : graph.nodes()) {
            if (!node.fullName().equals(own.fullName())) {
                nodes.add(new RosGraph.Node(
                        node.fullName(),
                        node.vendor(),
                        false,
                        owners.apply(node.fullName()).map(ModuleId::toString)));
            }
        }
        nodes.sort(Comparator.comparing(RosGraph.Node::name));
        QosConflicts conflicts = own.conflicts();
        return new RosGraph(
                nodes,
                graph.topics().entrySet().stream().map(GraphReader::topic).toList(),
                graph.services().entrySet().stream().map(GraphReader::service).toList(),
                conflicts.first().stream().map(GraphReader::conflict).toList(),
                conflicts.count());
    }

    private static RosGraph.Conflict conflict(QosConflict conflict) {
        return new RosGraph.Conflict(
                conflict.topic(),
                conflict.type(),
                end(conflict.publisher()),
                end(conflict.subscription()),
                conflict.differences().stream()
                        .map(each -> new RosGraph.Difference(
                                each.policy().name().toLowerCase(Locale.ROOT), each.offered(), each.requested()))
                        .toList());
    }

    private static RosGraph.End end(QosConflict.End end) {
        return new RosGraph.End(end.node().orElse(""), end.gid());
    }

    private static RosGraph.Topic topic(Map.Entry<String, List<GraphView.Endpoint>> topic) {
        return new RosGraph.Topic(
                topic.getKey(),
                types(topic.getValue()),
                providing(topic.getValue(), true).map(GraphReader::endpoint).toList(),
                providing(topic.getValue(), false).map(GraphReader::endpoint).toList());
    }

    private static RosGraph.Service service(Map.Entry<String, List<GraphView.Endpoint>> service) {
        return new RosGraph.Service(
                service.getKey(),
                types(service.getValue()),
                names(providing(service.getValue(), true)),
                names(providing(service.getValue(), false)));
    }

    private static List<String> types(List<GraphView.Endpoint> endpoints) {
        return endpoints.stream()
                .map(GraphView.Endpoint::type)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<GraphView.Endpoint> providing(List<GraphView.Endpoint> endpoints, boolean isWanted) {
        return endpoints.stream().filter(endpoint -> endpoint.isProviding() == isWanted);
    }

    private static List<String> names(Stream<GraphView.Endpoint> endpoints) {
        return endpoints.map(endpoint -> endpoint.node().orElse("")).sorted().toList();
    }

    private static RosGraph.Endpoint endpoint(GraphView.Endpoint endpoint) {
        Qos qos = endpoint.qos();
        return new RosGraph.Endpoint(
                endpoint.node().orElse(""),
                endpoint.type(),
                qos.isReliable() ? "reliable" : "best_effort",
                qos.isTransientLocal() ? "transient_local" : "volatile");
    }
}

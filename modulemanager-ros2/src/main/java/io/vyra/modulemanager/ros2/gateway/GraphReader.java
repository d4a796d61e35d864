package io.vyra.modulemanager.ros2.gateway;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros.RosGraph;
import io.vyra.ros2.graph.GraphSnapshot;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Puts what the participant knows into the form of the port. */
final class GraphReader {
    private GraphReader() {}

    static RosGraph read(RosNode own, Function<String, Optional<ModuleId>> owners) {
        GraphSnapshot graph = own.context().graph();
        List<RosGraph.Node> nodes = new ArrayList<>();
        nodes.add(new RosGraph.Node(own.fullName(), "VYRA", true, Optional.empty()));
        for (GraphSnapshot.Node node : graph.nodes()) {
            if (!node.fullName().equals(own.fullName())) {
                nodes.add(new RosGraph.Node(
                        node.fullName(),
                        node.vendor().toString(),
                        false,
                        owners.apply(node.fullName()).map(ModuleId::toString)));
            }
        }
        nodes.sort(Comparator.comparing(RosGraph.Node::name));
        return new RosGraph(
                nodes,
                graph.topics().entrySet().stream().map(GraphReader::topic).toList(),
                graph.services().entrySet().stream().map(GraphReader::service).toList());
    }

    private static RosGraph.Topic topic(Map.Entry<String, List<GraphSnapshot.Endpoint>> topic) {
        return new RosGraph.Topic(
                topic.getKey(),
                types(topic.getValue()),
                providing(topic.getValue(), true).map(GraphReader::endpoint).toList(),
                providing(topic.getValue(), false).map(GraphReader::endpoint).toList());
    }

    private static RosGraph.Service service(Map.Entry<String, List<GraphSnapshot.Endpoint>> service) {
        return new RosGraph.Service(
                service.getKey(),
                types(service.getValue()),
                names(providing(service.getValue(), true)),
                names(providing(service.getValue(), false)));
    }

    private static List<String> types(List<GraphSnapshot.Endpoint> endpoints) {
        return endpoints.stream()
                .map(GraphSnapshot.Endpoint::type)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<GraphSnapshot.Endpoint> providing(List<GraphSnapshot.Endpoint> endpoints, boolean isWanted) {
        return endpoints.stream().filter(endpoint -> endpoint.isProviding() == isWanted);
    }

    private static List<String> names(Stream<GraphSnapshot.Endpoint> endpoints) {
        return endpoints.map(endpoint -> endpoint.node().orElse("")).sorted().toList();
    }

    private static RosGraph.Endpoint endpoint(GraphSnapshot.Endpoint endpoint) {
        Qos qos = endpoint.qos();
        return new RosGraph.Endpoint(
                endpoint.node().orElse(""),
                endpoint.type(),
                qos.isReliable() ? "reliable" : "best_effort",
                qos.isTransientLocal() ? "transient_local" : "volatile");
    }
}

package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.ros2.graph.ParameterDescriptor;
import io.vyra.ros2.graph.ParameterServer;
import io.vyra.ros2.graph.RosNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The manager's parameters, all read-only: it is configured by its operator, not over the graph. */
final class ManagerParameters implements BridgePart {
    private final Map<String, String> parameters;

    ManagerParameters(Map<String, String> parameters) {
        this.parameters = new TreeMap<>(parameters);
    }

    @Override
    public void attach(RosNode node) {
        ParameterServer server =
                new ParameterServer(node, _ -> Optional.of("The manager is configured by its operator"));
        parameters.forEach((name, value) -> server.declare(
                name, value, new ParameterDescriptor("see docs/configuration.md", true, Optional.empty())));
    }

    @Override
    public void detach() {
        // The node closes its services.
    }
}

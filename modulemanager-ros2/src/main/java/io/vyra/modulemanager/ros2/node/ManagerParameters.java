package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.port.RosPort;
import java.util.Map;
import java.util.TreeMap;

/** The manager's parameters, all read-only: it is configured by its operator, not over the graph. */
final class ManagerParameters implements BridgePart {
    private final Map<String, String> parameters;

    ManagerParameters(Map<String, String> parameters) {
        this.parameters = new TreeMap<>(parameters);
    }

    @Override
    public void attach(RosPort port) {
        port.declareParameters(parameters);
    }

    @Override
    public void detach() {
        // The port closes its services.
    }
}

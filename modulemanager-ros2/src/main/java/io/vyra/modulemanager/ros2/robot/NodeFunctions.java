package io.vyra.modulemanager.ros2.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of modules' buses that nodes of ROS 2 serve by their parameters: {@code read_all_params}, {@code get_parameter} and
 * {@code set_parameter}. A parameter's key is its name; where a module has several nodes, the node's name and a colon come before it, as in
 * {@code /arm/driver:speed}. Thread-safe.
 */
public final class NodeFunctions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final NodeOwners owners;
    private final NodeParameters parameters;

    public NodeFunctions(NodeOwners owners, NodeServices services) {
        this.owners = owners;
        this.parameters = new NodeParameters(services);
    }

    /** A parameter of a node. */
    private record Key(String node, String name) {}

    /**
     * @return empty when the module has no nodes that are known, or they have no such function
     * @throws ProblemException when a node does not answer, or refuses
     */
    public Optional<ObjectNode> ask(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        List<String> nodes = owners.of(module).map(Probe.RosNodes::all).orElse(List.of());
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return switch (function) {
                case "read_all_params" -> Optional.of(all(nodes, timeout));
                case "get_parameter" -> Optional.of(one(key(module, nodes, arguments), timeout));
                case "set_parameter" ->
                    Optional.of(set(key(module, nodes, arguments), arguments.path("value"), timeout));
                default -> Optional.empty();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.SHUTTING_DOWN, "The question to " + module + " was given up.", e);
        }
    }

    private ObjectNode all(List<String> nodes, Duration timeout) throws InterruptedException {
        ObjectNode values = JSON.objectNode();
        for (String node : nodes) {
            for (Map.Entry<String, JsonNode> value :
                    parameters.values(node, timeout).entrySet()) {
                values.set(nodes.size() == 1 ? value.getKey() : node + ":" + value.getKey(), value.getValue());
            }
        }
        ObjectNode answer = JSON.objectNode();
        answer.set("all_params_json", values);
        return answer;
    }

    private ObjectNode one(Key key, Duration timeout) throws InterruptedException {
        return parameters.describe(key.node(), key.name(), timeout);
    }

    private ObjectNode set(Key key, JsonNode value, Duration timeout) throws InterruptedException {
        Optional<String> refusal = parameters.set(key.node(), key.name(), value, timeout);
        ObjectNode answer = JSON.objectNode().put("success", refusal.isEmpty());
        refusal.ifPresent(reason -> answer.put("message", reason));
        return answer;
    }

    private static Key key(ModuleId module, List<String> nodes, ObjectNode arguments) {
        String text = arguments.path("key").asText();
        int colon = text.indexOf(':');
        String node = colon < 0 ? nodes.getFirst() : text.substring(0, colon);
        if (!nodes.contains(node) || colon < 0 && nodes.size() > 1) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "Module " + module + " has no parameter '" + text + "'. Its nodes are " + String.join(", ", nodes)
                            + (nodes.size() > 1 ? "; a key is a node's name, a colon and the parameter's." : "."));
        }
        return new Key(node, text.substring(colon + 1));
    }
}

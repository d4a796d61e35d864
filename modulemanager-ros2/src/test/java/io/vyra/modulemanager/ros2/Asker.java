package io.vyra.modulemanager.ros2;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.ros2.graph.ActionClient;
import io.vyra.ros2.graph.GoalOutcome;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.graph.ServiceClient;
import io.vyra.ros2.idl.TypeName;
import java.util.Map;

/** A node that uses the manager's services and actions. */
public final class Asker {
    public final RosNode node;
    private final String namespace;

    public Asker(RosNode node, ModuleId manager) {
        this.node = node;
        this.namespace = "/" + manager + "/";
    }

    public String name(String relative) {
        return namespace + relative;
    }

    public Map<String, Object> call(String service, String type, Map<String, Object> request) throws Exception {
        return call(service, InterfacePackage.type(TypeName.Kind.SRV, type), request);
    }

    public Map<String, Object> call(String service, TypeName type, Map<String, Object> request) throws Exception {
        try (ServiceClient client = node.createClient(name(service), type)) {
            return client.call(request, Robot.PATIENCE);
        }
    }

    /** How a goal ended. */
    public record Reached(GoalOutcome outcome) {
        public String problem() {
            return (String) ((Map<?, ?>) outcome.result().get("problem")).get("code");
        }
    }

    public ActionClient client(String action, String type) {
        return new ActionClient(node, name(action), InterfacePackage.type(TypeName.Kind.ACTION, type));
    }

    public Reached reach(String action, String type, Map<String, Object> goal) throws Exception {
        try (ActionClient client = client(action, type)) {
            GoalOutcome outcome =
                    client.send(goal, _ -> {}, Robot.PATIENCE).orElseThrow().await(Robot.PATIENCE);
            return new Reached(outcome);
        }
    }

    /** The code of the problem in a response; empty when there is none. */
    public static String problem(Map<String, Object> response) {
        return (String) ((Map<?, ?>) response.get("problem")).get("code");
    }
}

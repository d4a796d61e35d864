package io.vyra.modulemanager.ros2.gateway;

import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros2.port.GraphView;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.idl.DefinitionException;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.idl.UnknownTypeException;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.List;
import java.util.Optional;

/** Of which type and quality a topic or a service is to be taken up, by what is in the graph at a time. */
final class TopicTypes {
    private final GraphView graph;
    private final String own;
    private final TypeRegistry registry;

    private TopicTypes(GraphView graph, String own, TypeRegistry registry) {
        this.graph = graph;
        this.own = own;
        this.registry = registry;
    }

    static TopicTypes of(RosPort port, TypeRegistry registry) {
        return new TopicTypes(port.graph(), port.fullName(), registry);
    }

    private List<GraphView.Endpoint> ends(String topic, boolean isPublisher) {
        return graph.topics().getOrDefault(topic, List.of()).stream()
                .filter(end -> end.isProviding() == isPublisher)
                .toList();
    }

    /**
     * The type of a topic.
     *
     * @param wanted as the client says it; empty: as the topic has it
     * @param isRead whether its publishers say which one that is; else its subscriptions do first
     */
    TypeName ofTopic(String topic, Optional<String> wanted, boolean isRead) {
        List<GraphView.Endpoint> first = ends(topic, isRead);
        List<GraphView.Endpoint> ends = first.isEmpty() ? ends(topic, !isRead) : first;
        wanted.ifPresent(it -> agree("topic", topic, it, lasting(topic, isRead)));
        TypeName type = decide("topic", topic, wanted, ends);
        known(() -> registry.message(type), type);
        return type;
    }

    /** What a topic has whatever clients of this gateway do: their echoes and publishers are the manager's own, and leave again. */
    private List<GraphView.Endpoint> lasting(String topic, boolean isRead) {
        return graph.topics().getOrDefault(topic, List.of()).stream()
                .filter(end -> !end.node().equals(Optional.of(own)) || isRead && end.isProviding())
                .toList();
    }

    /** The type of a service; {@code wanted} as in {@link #ofTopic}. */
    TypeName ofService(String service, Optional<String> wanted) {
        List<GraphView.Endpoint> servers = graph.services().getOrDefault(service, List.of()).stream()
                .filter(GraphView.Endpoint::isProviding)
                .toList();
        wanted.ifPresent(it -> agree("service", service, it, servers));
        TypeName type = decide("service", service, wanted, servers);
        known(() -> registry.service(type), type);
        return type;
    }

    /** Nobody would hear or answer one of another type. */
    private static void agree(String kind, String name, String wanted, List<GraphView.Endpoint> ends) {
        List<String> types = types(ends);
        if (!types.isEmpty() && !types.contains(wanted)) {
            throw invalid("The " + kind + " " + name + " has the type " + String.join(" or ", types) + ", not " + wanted
                    + (types.size() == 1 ? ". Leave the type out, and it is taken as it is." : ". Say one of these."));
        }
    }

    private static List<String> types(List<GraphView.Endpoint> ends) {
        return ends.stream().map(GraphView.Endpoint::type).distinct().toList();
    }

    private static TypeName decide(String kind, String name, Optional<String> wanted, List<GraphView.Endpoint> ends) {
        List<String> types = types(ends);
        if (wanted.isEmpty() && types.isEmpty()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "Nobody in the graph has the " + kind + " " + name
                            + ". GET /api/v1/ros/graph lists what there is; with a type it is taken up all the same.");
        }
        if (wanted.isEmpty() && types.size() > 1) {
            throw invalid("The " + kind + " " + name + " has several types: " + String.join(", ", types)
                    + ". Say which one is meant.");
        }
        try {
            return TypeName.parse(wanted.orElseGet(types::getFirst));
        } catch (IllegalArgumentException e) {
            throw invalid("The type of the " + kind + " " + name + " is none of ROS 2: " + e.getMessage() + ".");
        }
    }

    private static void known(Runnable look, TypeName type) {
        try {
            look.run();
        } catch (UnknownTypeException | DefinitionException e) {
            throw invalid("The interface " + type + " cannot be used: " + e.getMessage()
                    + ". The folder of its package belongs into mm.ros2.interfaces.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST, detail, List.of(new FieldError("/type", "is not one that can be used")));
    }

    int subscriptions(String topic) {
        return ends(topic, false).size();
    }

    /** What matches every publisher that there is: reliable and latched only if all are. */
    Qos readable(String topic) {
        List<GraphView.Endpoint> publishers = ends(topic, true);
        Qos qos = publishers.stream().allMatch(end -> end.qos().isReliable()) ? Qos.DEFAULT : Qos.DEFAULT.bestEffort();
        boolean isLatched = !publishers.isEmpty()
                && publishers.stream().allMatch(end -> end.qos().isTransientLocal());
        return isLatched ? qos.transientLocal() : qos;
    }

    /** What matches every subscription that there is: latched only where one asks for it, for an old message may be a wrong command. */
    Qos writable(String topic) {
        boolean isLatched =
                ends(topic, false).stream().anyMatch(end -> end.qos().isTransientLocal());
        return isLatched ? Qos.DEFAULT.transientLocal().withDepth(1) : Qos.DEFAULT;
    }
}

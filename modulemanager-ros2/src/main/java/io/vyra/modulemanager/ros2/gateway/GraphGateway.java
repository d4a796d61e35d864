package io.vyra.modulemanager.ros2.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros.RosEcho;
import io.vyra.modulemanager.ros.RosGraph;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.modulemanager.ros2.connection.OpenClients;
import io.vyra.modulemanager.ros2.port.GraphView;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.ServiceCaller;
import io.vyra.modulemanager.ros2.port.TopicPublisher;
import io.vyra.modulemanager.ros2.robot.NodeFunctions;
import io.vyra.modulemanager.ros2.robot.NodeOwners;
import io.vyra.ros2.cdr.InvalidValueException;
import io.vyra.ros2.cdr.JsonForm;
import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.graph.TooManyCallsException;
import io.vyra.ros2.graph.UnreadableAnswerException;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.rtps.participant.ParticipantClosedException;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import io.vyra.ros2.rtps.transport.StaticPeer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The bridge for other faces: looks at the graph, follows topics, publishes and calls, within the allow-lists. Thread-safe. */
public final class GraphGateway implements RosBridge, BridgePart {
    private final BridgeSettings settings;
    private final BridgeConnection connection;
    private final BridgeMeter meter;
    private final InstantSource clock;
    private final NodeOwners owners;
    private final NodeFunctions nodes;
    private final JsonMessages json = new JsonMessages();
    private final OpenPublishers publishers = new OpenPublishers();
    private final OpenClients clients = new OpenClients();

    public GraphGateway(
            BridgeSettings settings,
            BridgeConnection connection,
            BridgeMeter meter,
            InstantSource clock,
            NodeOwners owners,
            NodeFunctions nodes) {
        this.settings = settings;
        this.connection = connection;
        this.meter = meter;
        this.clock = clock;
        this.owners = owners;
        this.nodes = nodes;
    }

    @Override
    public void attach(RosPort port) {
        // Topics and services are taken up when they are asked for.
    }

    @Override
    public void detach() {
        publishers.clear();
        clients.clear();
    }

    @Override
    public Status status() {
        DiscoverySettings discovery = settings.context().participant().discovery();
        BridgeConnection.Condition condition = connection.condition();
        return new Status(
                true,
                condition.isConnected(),
                condition.since(),
                condition.reason(),
                discovery.domain(),
                discovery.range().name().toLowerCase(Locale.ROOT),
                discovery.peers().stream().map(StaticPeer::toString).toList(),
                connection.node().map(RosPort::fullName),
                meter.read());
    }

    @Override
    public RosGraph graph() {
        return connection
                .node()
                .map(port -> GraphReader.read(port, owners::ownerOf))
                .orElse(RosGraph.EMPTY);
    }

    @Override
    public RosEcho echo(String topic, Optional<String> type) {
        RosPort port = require();
        allow(Optional.of(settings.echoes()), topic, "followed", "echo-allowed");
        TopicTypes types = TopicTypes.of(port, registry());
        TypeName name = types.ofTopic(topic, type, true);
        if (!meter.takeEcho(settings.mostEchoes())) {
            meter.refused();
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    settings.mostEchoes() + " topics are followed already (mm.ros2.max-echoes). Close one first.");
        }
        try {
            return named(() -> new TopicEcho(port, topic, type(name), types.readable(topic), json, meter, clock));
        } catch (RuntimeException e) {
            meter.leaveEcho();
            throw e;
        }
    }

    @Override
    public Published publish(String topic, Optional<String> type, ObjectNode message) {
        RosPort port = require();
        allow(settings.publish(), topic, "published on", "publish-allowed");
        TopicTypes types = TopicTypes.of(port, registry());
        TypeName name = types.ofTopic(topic, type, false);
        Map<String, Object> value = value(name, message, "/message");
        TopicPublisher publisher = named(() -> publishers.open(port, topic, name, types.writable(topic)));
        publishers.awaitSubscriptions(publisher, types.subscriptions(topic));
        publisher.publish(value);
        meter.published();
        return new Published(topic, name.toString(), publisher.subscriptions());
    }

    @Override
    public Answer call(String service, Optional<String> type, ObjectNode request, Duration timeout) {
        RosPort port = require();
        allow(settings.call(), service, "called", "call-allowed");
        TypeName name = TopicTypes.of(port, registry()).ofService(service, type);
        Map<String, Object> value = value(name.part("Request"), request, "/request");
        try {
            ServiceCaller client = named(() -> clients.open(port, service, name));
            meter.called();
            Map<String, Object> response = client.call(value, timeout);
            return new Answer(
                    service, name.toString(), json.write(JsonForm.toJson(type(name.part("Response")), response)));
        } catch (TimeoutException e) {
            throw new ProblemException(ProblemType.TIMED_OUT, late(port, service, timeout), e);
        } catch (UnreadableAnswerException e) {
            throw new ProblemException(ProblemType.MODULE_ANSWERED_WITH_ERROR, e.getMessage() + ".", e);
        } catch (TooManyCallsException e) {
            throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, e.getMessage() + ".", e);
        } catch (ParticipantClosedException e) {
            throw new ProblemException(ProblemType.ROS_UNAVAILABLE, "The manager has just left the graph.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.SHUTTING_DOWN, "The call of " + service + " was given up.", e);
        }
    }

    private static String late(RosPort port, String service, Duration timeout) {
        boolean isServed = port.graph().services().getOrDefault(service, List.of()).stream()
                .anyMatch(GraphView.Endpoint::isProviding);
        return isServed
                ? "The service " + service + " did not answer within " + timeout.toMillis() / 1_000.0
                        + " s. Allow it more time, or look at the node that serves it."
                : "Nobody serves " + service + ". GET /api/v1/ros/graph lists what is served.";
    }

    @Override
    public Optional<ObjectNode> askNodes(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        return nodes.ask(module, function, arguments, timeout);
    }

    private TypeRegistry registry() {
        return settings.context().types().registry();
    }

    private MessageType type(TypeName name) {
        return settings.context().types().get(name);
    }

    private RosPort require() {
        return connection
                .node()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ROS_UNAVAILABLE,
                        "The manager is not part of the graph: "
                                + connection.condition().reason() + "."));
    }

    private void allow(Optional<Pattern> allowed, String name, String what, String key) {
        if (allowed.filter(pattern -> pattern.matcher(name).matches()).isEmpty()) {
            meter.refused();
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    name + " may not be " + what + " over REST. The manager's operator can allow it with mm.ros2." + key
                            + ", a regular expression.");
        }
    }

    /** What a name may be is the library's to say: what it refuses is the client's mistake, not a failure here. */
    private static <T> T named(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The name cannot be used: " + e.getMessage() + ".",
                    List.of(new FieldError("{name}", "is no name of ROS 2")));
        }
    }

    private Map<String, Object> value(TypeName type, ObjectNode message, String pointer) {
        try {
            return JsonForm.fromJson(type(type), json.read(message));
        } catch (InvalidValueException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The value at " + pointer + e.pointer() + " is none of " + type + ": " + e.problem() + ".",
                    List.of(new FieldError(pointer + e.pointer(), e.problem())));
        }
    }
}

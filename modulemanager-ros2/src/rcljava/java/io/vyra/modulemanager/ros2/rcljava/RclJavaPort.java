package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros2.port.Declaration;
import io.vyra.modulemanager.ros2.port.GoalHandler;
import io.vyra.modulemanager.ros2.port.GraphView;
import io.vyra.modulemanager.ros2.port.LogLevel;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.ServiceCaller;
import io.vyra.modulemanager.ros2.port.TopicPublisher;
import io.vyra.ros2.graph.QosConflicts;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ros2.rcljava.RCLJava;
import org.ros2.rcljava.client.Client;
import org.ros2.rcljava.consumers.TriConsumer;
import org.ros2.rcljava.interfaces.Disposable;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.interfaces.ServiceDefinition;
import org.ros2.rcljava.node.Node;
import org.ros2.rcljava.parameters.ParameterVariant;
import org.ros2.rcljava.parameters.service.ParameterServiceImpl;
import org.ros2.rcljava.service.RMWRequestId;
import org.ros2.rcljava.service.Service;
import org.ros2.rcljava.subscription.Subscription;
import rcl_interfaces.msg.ParameterDescriptor;
import rcl_interfaces.msg.SetParametersResult;

/**
 * The port over rcljava. Callbacks of subscriptions run in rcljava's one thread, one after the other; handlers of services run in their own
 * ({@link ServiceHandlers}). Actions are refused: rcljava has none.
 */
final class RclJavaPort implements RosPort {
    private static final TypeName LOG_ENTRY = TypeName.message("rcl_interfaces", "Log");
    private static final Qos ROSOUT =
            Qos.DEFAULT.transientLocal().withDepth(1_000).withLifespan(Duration.ofSeconds(10));
    private static final List<String> PARAMETER_SERVICES = List.of(
            "GetParameters",
            "GetParameterTypes",
            "SetParameters",
            "SetParametersAtomically",
            "DescribeParameters",
            "ListParameters");
    private static final String READ_ONLY = "The manager is configured by its operator";

    private final Node node;
    private final GeneratedTypes types;
    private final String namespace;
    private final String fullName;
    private final SpinThread thread;
    private final Optional<LateAnswers> lateAnswers = LateAnswers.find();
    private final ServiceHandlers handlers;
    private final Set<RclJavaPublisher> publishers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private Optional<TopicPublisher> rosout = Optional.empty();

    RclJavaPort(Node node, GeneratedTypes types) {
        this.node = node;
        this.types = types;
        this.namespace = node.getNamespace();
        this.fullName = GraphReader.fullName(namespace, node.getName());
        this.thread = new SpinThread(new ReadyWork(node));
        this.handlers = new ServiceHandlers(thread::later, lateAnswers.isPresent());
    }

    @Override
    public String fullName() {
        return fullName;
    }

    private String expand(String name) {
        return name.startsWith("/") ? name : GraphReader.fullName(namespace, name);
    }

    @Override
    public TopicPublisher publish(String topic, TypeName type, Qos qos) {
        Class<MessageDefinition> message = types.message(type);
        String full = expand(topic);
        RclJavaPublisher publisher = new RclJavaPublisher(
                full,
                node,
                thread.call(() -> node.createPublisher(message, full, Foreign.qos(qos))),
                types.messages(type),
                thread,
                publishers::remove);
        publishers.add(publisher);
        if (isClosed.get()) {
            publisher.close();
        }
        return publisher;
    }

    @Override
    public Declaration subscribe(String topic, TypeName type, Qos qos, Consumer<? super Map<String, Object>> callback) {
        Class<MessageDefinition> message = types.message(type);
        GeneratedMessages messages = types.messages(type);
        Subscription<MessageDefinition> made = thread.call(() -> node.createSubscription(
                message, expand(topic), object -> callback.accept(messages.toMap(object)), Foreign.qos(qos)));
        return disposable(made);
    }

    @Override
    public Declaration serve(String service, TypeName type, UnaryOperator<Map<String, Object>> answering) {
        Class<ServiceDefinition> definition = types.service(type);
        GeneratedMessages requests = types.messages(type.part("Request"));
        GeneratedMessages responses = types.messages(type.part("Response"));
        String full = expand(service);
        AtomicReference<Service<?>> made = new AtomicReference<>();
        TriConsumer<RMWRequestId, MessageDefinition, MessageDefinition> callback = (id, request, response) -> {
            Map<String, Object> asked = requests.toMap(request);
            handlers.answer(
                    full,
                    () -> answering.apply(asked),
                    message -> responses.fill(response, message),
                    () -> lateAnswers.orElseThrow().send(made.get(), id, response));
        };
        // No request comes before the next turn of the thread.
        return disposable(thread.call(() -> {
            made.set(node.createService(definition, full, callback));
            return made.get();
        }));
    }

    @Override
    public ServiceCaller client(String service, TypeName type) {
        Class<ServiceDefinition> definition = types.service(type);
        String full = expand(service);
        return new RclJavaClient(
                full,
                types.messages(type.part("Request")),
                types.messages(type.part("Response")),
                thread,
                () -> create(definition, full));
    }

    private Client<ServiceDefinition> create(Class<ServiceDefinition> definition, String service) {
        try {
            return node.createClient(definition, service);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(definition.getName() + " was made by another generator", e);
        }
    }

    @Override
    public Declaration serveAction(String action, TypeName type, GoalHandler handler) {
        throw new ProblemException(
                ProblemType.NOT_IMPLEMENTED,
                "The action " + expand(action) + " is not served: rcljava has no actions. Use REST or the command line,"
                        + " or set mm.ros2.provider=rtps.");
    }

    @Override
    public void declareParameters(Map<String, String> values) {
        PARAMETER_SERVICES.forEach(each -> types.service(new TypeName("rcl_interfaces", TypeName.Kind.SRV, each)));
        types.message(TypeName.message("rcl_interfaces", "ParameterEvent"));
        thread.call(() -> {
            for (Map.Entry<String, String> value : values.entrySet()) {
                node.declareParameter(
                        new ParameterVariant(value.getKey(), value.getValue()),
                        new ParameterDescriptor()
                                .setName(value.getKey())
                                .setDescription("see docs/configuration.md")
                                .setReadOnly(true));
            }
            node.addOnSetParametersCallback(
                    _ -> new SetParametersResult().setSuccessful(false).setReason(READ_ONLY));
            // It is kept by the services that it makes, and those by the node.
            return new ParameterServiceImpl(node);
        });
    }

    @Override
    public void log(LogLevel level, String message) {
        Instant now = Instant.now();
        rosout().publish(Map.of(
                "stamp", Map.of("sec", (int) now.getEpochSecond(), "nanosec", now.getNano()),
                "level", level.number(),
                "name", fullName.substring(1).replace('/', '.'),
                "msg", message));
    }

    private synchronized TopicPublisher rosout() {
        if (rosout.isEmpty()) {
            rosout = Optional.of(publish("/rosout", LOG_ENTRY, ROSOUT));
        }
        return rosout.get();
    }

    @Override
    public GraphView graph() {
        return thread.call(() -> GraphReader.read(node));
    }

    @Override
    public QosConflicts conflicts() {
        return GraphReader.conflicts(graph());
    }

    private Declaration disposable(Disposable made) {
        AtomicBoolean isDisposed = new AtomicBoolean();
        return () -> {
            if (isDisposed.compareAndSet(false, true)) {
                thread.later(made::dispose);
            }
        };
    }

    /**
     * Publishers first, for they are used by other threads; then all at once: rcljava would dispose of a node that is gone once more when its
     * context ends.
     */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            publishers.forEach(RclJavaPublisher::close);
            thread.close(RCLJava::shutdown);
        }
    }
}

package io.vyra.modulemanager.ros2.provider;

import io.vyra.modulemanager.ros2.port.Declaration;
import io.vyra.modulemanager.ros2.port.GoalHandler;
import io.vyra.modulemanager.ros2.port.GraphView;
import io.vyra.modulemanager.ros2.port.LogLevel;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.ServiceCaller;
import io.vyra.modulemanager.ros2.port.TopicPublisher;
import io.vyra.ros2.graph.ActionServer;
import io.vyra.ros2.graph.GoalOutcome;
import io.vyra.ros2.graph.GraphSnapshot;
import io.vyra.ros2.graph.ParameterDescriptor;
import io.vyra.ros2.graph.ParameterServer;
import io.vyra.ros2.graph.Publisher;
import io.vyra.ros2.graph.QosConflicts;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.graph.ServiceClient;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The port over {@code protocol-ros2}. */
final class RtpsPort implements RosPort {
    private static final String READ_ONLY = "The manager is configured by its operator";

    private final RosContext context;
    private final RosNode node;
    private final Declaration membership;

    RtpsPort(RosContext context, RosNode node) {
        this.context = context;
        this.node = node;
        this.membership = once(() -> {
            node.close();
            context.close();
        });
    }

    @Override
    public String fullName() {
        return node.fullName();
    }

    @Override
    public TopicPublisher publish(String topic, TypeName type, Qos qos) {
        return new Publishing(node.createPublisher(topic, type, qos), new AtomicBoolean());
    }

    private record Publishing(Publisher publisher, AtomicBoolean isClosed) implements TopicPublisher {
        @Override
        public void publish(Map<String, Object> message) {
            publisher.publish(message);
        }

        @Override
        public int subscriptions() {
            return publisher.subscriptions();
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                publisher.close();
            }
        }
    }

    @Override
    public Declaration subscribe(String topic, TypeName type, Qos qos, Consumer<? super Map<String, Object>> callback) {
        return once(node.createSubscription(topic, type, qos, message -> callback.accept(message.value()))::close);
    }

    @Override
    public Declaration serve(String service, TypeName type, UnaryOperator<Map<String, Object>> answering) {
        return once(node.createService(service, type, answering::apply)::close);
    }

    @Override
    public ServiceCaller client(String service, TypeName type) {
        return new Calling(node.createClient(service, type), new AtomicBoolean());
    }

    private record Calling(ServiceClient client, AtomicBoolean isClosed) implements ServiceCaller {
        @Override
        public Map<String, Object> call(Map<String, Object> request, Duration timeout)
                throws TimeoutException, InterruptedException {
            return client.call(request, timeout);
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                client.close();
            }
        }
    }

    @Override
    public Declaration serveAction(String action, TypeName type, GoalHandler handler) {
        ActionServer server = new ActionServer(node, action, type, new ActionServer.Handler() {
            @Override
            public boolean accept(Map<String, Object> goal) {
                return true;
            }

            @Override
            public GoalOutcome execute(ActionServer.Goal goal) throws InterruptedException {
                return handler.execute(new Reaching(goal));
            }
        });
        return once(() -> {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("The action " + action + " cannot be ended", e);
            }
        });
    }

    private record Reaching(ActionServer.Goal goal) implements GoalHandler.Goal {
        @Override
        public Map<String, Object> request() {
            return goal.request();
        }

        @Override
        public boolean isCancelRequested() {
            return goal.isCancelRequested();
        }

        @Override
        public void onCancel(BooleanSupplier decision) {
            goal.onCancel(decision);
        }

        @Override
        public void publishFeedback(Map<String, Object> progress) {
            goal.publishFeedback(progress);
        }
    }

    @Override
    public void declareParameters(Map<String, String> values) {
        ParameterServer server = new ParameterServer(node, _ -> Optional.of(READ_ONLY));
        values.forEach((name, value) -> server.declare(
                name, value, new ParameterDescriptor("see docs/configuration.md", true, Optional.empty())));
    }

    @Override
    public void log(LogLevel level, String message) {
        node.log(
                switch (level) {
                    case DEBUG -> RosNode.Severity.DEBUG;
                    case INFO -> RosNode.Severity.INFO;
                    case WARN -> RosNode.Severity.WARN;
                    case ERROR -> RosNode.Severity.ERROR;
                    case FATAL -> RosNode.Severity.FATAL;
                },
                message);
    }

    @Override
    public GraphView graph() {
        GraphSnapshot snapshot = context.graph();
        return new GraphView(
                snapshot.nodes().stream()
                        .map(each -> new GraphView.Node(
                                each.fullName(), each.vendor().toString()))
                        .toList(),
                ends(snapshot.topics()),
                ends(snapshot.services()));
    }

    @Override
    public QosConflicts conflicts() {
        return context.conflicts();
    }

    private static SortedMap<String, List<GraphView.Endpoint>> ends(
            SortedMap<String, List<GraphSnapshot.Endpoint>> all) {
        SortedMap<String, List<GraphView.Endpoint>> ends = new TreeMap<>();
        all.forEach((name, each) -> ends.put(
                name,
                each.stream()
                        .map(end -> new GraphView.Endpoint(end.node(), end.type(), end.isProviding(), end.qos()))
                        .toList()));
        return ends;
    }

    private static Declaration once(Runnable undeclare) {
        AtomicBoolean isClosed = new AtomicBoolean();
        return () -> {
            if (isClosed.compareAndSet(false, true)) {
                undeclare.run();
            }
        };
    }

    @Override
    public void close() {
        membership.close();
    }
}

package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A node. Thread-safe. Names given to it may be full, relative or private. */
public final class RosNode implements AutoCloseable {
    private static final Qos ROSOUT =
            Qos.DEFAULT.transientLocal().withDepth(1_000).withLifespan(Duration.ofSeconds(10));

    private final RosContext context;
    private final String namespace;
    private final String name;
    private final List<Guid> writers = new CopyOnWriteArrayList<>();
    private final List<Guid> readers = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();
    private final Publisher rosout;

    RosNode(RosContext context, String namespace, String name) {
        this.context = context;
        this.namespace = namespace;
        this.name = name;
        this.rosout = createPublisher("/rosout", TypeName.message("rcl_interfaces", "Log"), ROSOUT);
    }

    public String name() {
        return name;
    }

    public String namespace() {
        return namespace;
    }

    /** With the namespace. */
    public String fullName() {
        return namespace.equals("/") ? "/" + name : namespace + "/" + name;
    }

    public RosContext context() {
        return context;
    }

    DiscoveryInfo.Node describe() {
        return new DiscoveryInfo.Node(namespace, name, readers, writers);
    }

    private String expand(String relative) {
        return RosNames.expand(relative, namespace, name);
    }

    /** Publishes on a topic. */
    public Publisher createPublisher(String topic, TypeName type, Qos qos) {
        String full = expand(topic);
        MessageType messages = context.types().get(type);
        Publisher publisher = new Publisher(
                this,
                full,
                messages,
                context.createWriter(RosNames.topicToDds(full), type, qos, context.typeHash(type)));
        writers.add(publisher.writer().guid());
        parts.add(publisher);
        context.tellNodes();
        return publisher;
    }

    void remove(Publisher publisher) {
        writers.remove(publisher.writer().guid());
        parts.remove(publisher);
        publisher.writer().close();
        context.tellNodes();
    }

    /** Subscribes to a topic. */
    public Subscription createSubscription(
            String topic, TypeName type, Qos qos, Consumer<Subscription.Message> callback) {
        String full = expand(topic);
        Subscription subscription = new Subscription(
                this, full, context.types().get(type), qos.possible().most(), callback);
        DataReader reader = context.createReader(
                RosNames.topicToDds(full),
                type,
                qos,
                context.typeHash(type),
                sample ->
                        subscription.received(sample.writer(), sample.payload().toArray()));
        subscription.bind(reader);
        readers.add(reader.guid());
        parts.add(subscription);
        context.tellNodes();
        return subscription;
    }

    void remove(Subscription subscription) {
        readers.remove(subscription.reader().guid());
        parts.remove(subscription);
        subscription.reader().close();
        context.tellNodes();
    }

    /** Serves a service. The handler runs in a thread of its own for each request, and may block. */
    public ServiceServer createService(String service, TypeName type, ServiceServer.Handler handler) {
        ServiceServer server = new ServiceServer(this, expand(service), type, handler);
        register(server, server.requests().guid(), server.replies().guid());
        return server;
    }

    /** Calls a service. */
    public ServiceClient createClient(String service, TypeName type) {
        ServiceClient client = new ServiceClient(this, expand(service), type);
        register(client, client.replies().guid(), client.requests().guid());
        return client;
    }

    private void register(AutoCloseable part, Guid reader, Guid writer) {
        readers.add(reader);
        writers.add(writer);
        parts.add(part);
        context.tellNodes();
    }

    void unregister(AutoCloseable part, Guid reader, Guid writer) {
        readers.remove(reader);
        writers.remove(writer);
        parts.remove(part);
        context.tellNodes();
    }

    /** Writes to the log of the robot, {@code /rosout}. */
    public void log(Severity severity, String message) {
        Instant now = Instant.now();
        rosout.publish(Map.of(
                "stamp", Map.of("sec", (int) now.getEpochSecond(), "nanosec", now.getNano()),
                "level", severity.level(),
                "name", fullName().substring(1).replace('/', '.'),
                "msg", message));
    }

    /** As rcl_interfaces/msg/Log has them. */
    public enum Severity {
        DEBUG(10),
        INFO(20),
        WARN(30),
        ERROR(40),
        FATAL(50);

        private final int level;

        Severity(int level) {
            this.level = level;
        }

        public int level() {
            return level;
        }
    }

    /** Ends the node and everything that it has. */
    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of the node " + fullName() + " cannot be closed", e);
            }
        }
        context.remove(this);
    }
}

package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.rtps.participant.DataWriter;
import io.vyra.ros2.rtps.participant.Participant;
import io.vyra.ros2.rtps.participant.ParticipantCounters;
import io.vyra.ros2.rtps.participant.SampleListener;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.wire.MalformedDataException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A program's part in the graph of ROS 2: its nodes, and what it knows of all others. Thread-safe. */
public final class RosContext implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RosContext.class.getName());

    private final ContextSettings settings;
    private final Participant participant;
    private final Graph graph = new Graph();
    private final List<RosNode> nodes = new CopyOnWriteArrayList<>();
    private final DataWriter info;

    /** Once is enough, and twice would do no harm. */
    private volatile boolean isDifferenceTold;

    private RosContext(ContextSettings settings, Participant participant) {
        this.settings = settings;
        this.participant = participant;
        participant.addListener(graph);
        Qos qos = Qos.DEFAULT.transientLocal();
        String hash = typeHash(TypeName.message("rmw_dds_common", "ParticipantEntitiesInfo"));
        participant.createReader(DiscoveryInfo.TOPIC, DiscoveryInfo.TYPE, qos.keepAll(), hash, this::nodesFound);
        this.info = participant.createWriter(DiscoveryInfo.TOPIC, DiscoveryInfo.TYPE, qos.withDepth(1), hash);
        tellNodes();
    }

    /**
     * Joins the graph.
     *
     * @throws IOException when no port of the domain is free, or the system refuses
     */
    public static RosContext open(ContextSettings settings) throws IOException {
        return of(settings, Participant.open(settings.participant()));
    }

    /** Joins the graph by way of a participant that is there already, and is closed with it. */
    static RosContext of(ContextSettings settings, Participant participant) {
        return new RosContext(settings, participant);
    }

    private void nodesFound(ReceivedSample sample) {
        try {
            byte[] payload = sample.payload().toArray();
            graph.nodesFound(sample.writer().prefix(), DiscoveryInfo.read(payload));
            compareForms(sample.writer().prefix(), payload);
        } catch (MalformedDataException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The nodes of {0} are malformed: {1}",
                    sample.writer().prefix(),
                    e.getMessage());
        }
    }

    /** Tells the log once of a program that cannot read what this one says of its nodes. */
    private void compareForms(GuidPrefix other, byte[] payload) {
        if (isDifferenceTold || DiscoveryInfo.form(payload) == settings.distribution()) {
            return;
        }
        isDifferenceTold = true;
        boolean isHumble = settings.distribution() == ContextSettings.Distribution.IRON_OR_LATER;
        LOG.log(
                System.Logger.Level.WARNING,
                "The program {0} tells of its nodes as {1} does, and this one as {2} does: ros2 node list lacks this program''s nodes there,"
                        + " while topics and services work. When most of the graph is of that kind, have this program join as one of it"
                        + " (mm.ros2.distribution={3} for the module manager)",
                other,
                isHumble ? "Humble" : "Iron or later",
                isHumble ? "Iron or later" : "Humble",
                isHumble ? "humble" : "iron-or-later");
    }

    /**
     * Makes a node.
     *
     * @param namespace {@code /} or as in {@code /arm}
     */
    public RosNode createNode(String namespace, String name) {
        RosNode node = new RosNode(this, RosNames.namespace(namespace), RosNames.node(name));
        nodes.add(node);
        tellNodes();
        return node;
    }

    void remove(RosNode node) {
        nodes.remove(node);
        tellNodes();
    }

    /** Tells everybody of this program's nodes. */
    synchronized void tellNodes() {
        List<DiscoveryInfo.Node> all = nodes.stream().map(RosNode::describe).toList();
        Guid guid = new Guid(participant.prefix(), EntityId.PARTICIPANT);
        info.write(new DiscoveryInfo(guid, all).write(settings.distribution()));
    }

    /** What an endpoint says of that message or service in its user data. */
    String typeHash(TypeName type) {
        return settings.distribution() == ContextSettings.Distribution.HUMBLE
                ? ""
                : "typehash=" + settings.types().registry().hash(type) + ";";
    }

    DataWriter createWriter(String topic, TypeName type, Qos qos, String userData) {
        return participant.createWriter(topic, type.dds(), qos, userData);
    }

    DataReader createReader(String topic, TypeName type, Qos qos, String userData, SampleListener listener) {
        return participant.createReader(topic, type.dds(), qos, userData, listener);
    }

    Participant participant() {
        return participant;
    }

    Optional<ServiceConvention> convention() {
        return settings.convention();
    }

    Graph knowledge() {
        return graph;
    }

    public MessageTypes types() {
        return settings.types();
    }

    /** What is known of the graph now. */
    public GraphSnapshot graph() {
        return graph.snapshot();
    }

    /**
     * The publishers and subscriptions that do not get together now, whosever they are. They are looked for in what is known of the graph, which
     * takes the longer the more there is of it.
     */
    public QosConflicts conflicts() {
        return graph.conflicts();
    }

    /** Has something run after each change of the graph; it must not block for long. */
    public void onGraphChange(Runnable listener) {
        graph.onChange(listener);
    }

    /**
     * Has something told of each publisher and subscription of which one is this program's and that do not get together, since one asks for
     * more than the other offers. It is told two seconds after both were found, so that the nodes are known by then, and need not be quick.
     */
    public void onConflict(Consumer<? super QosConflict> listener) {
        participant.addListener(new ConflictWatch(graph, listener));
    }

    public ParticipantCounters counters() {
        return participant.counters();
    }

    /** Leaves the graph. */
    @Override
    public void close() {
        participant.close();
    }
}

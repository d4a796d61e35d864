package io.vyra.ros2.graph;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.participant.Known;
import io.vyra.ros2.rtps.participant.ParticipantListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what participants, endpoints and {@code ros_discovery_info} say. Thread-safe. */
final class Graph implements ParticipantListener {
    private static final HexFormat GID = HexFormat.ofDelimiter(".");
    private static final Pattern HASH = Pattern.compile("(?:^|;)typehash=([^;]*)(?:;|$)");

    private final Map<GuidPrefix, Vendor> vendors = new LinkedHashMap<>();
    private final Map<Guid, EndpointDescription> writers = new LinkedHashMap<>();
    private final Map<Guid, EndpointDescription> readers = new LinkedHashMap<>();
    private final Map<GuidPrefix, DiscoveryInfo> nodes = new LinkedHashMap<>();

    /** Who told of nodes before it was known. */
    private Set<GuidPrefix> early = Set.of();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Has something run after each change, by the thread of the participant's events. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** At once, so that nobody sees a graph without what has always been in it. */
    @Override
    public void known(Known known) {
        change(() -> {
            Set<GuidPrefix> before = Set.copyOf(vendors.keySet());
            vendors.clear();
            writers.clear();
            readers.clear();
            known.participants().forEach(each -> vendors.put(each.prefix(), each.vendor()));
            known.writers().forEach(each -> writers.put(each.guid(), each));
            known.readers().forEach(each -> readers.put(each.guid(), each));
            forgetNodes(before);
        });
    }

    /**
     * Nodes come by a way of their own, and may be there before their participant. So those of a participant that is not known are gone when it was
     * known, or when they were early already at the last time: who was found since then would be known.
     */
    private void forgetNodes(Set<GuidPrefix> before) {
        Set<GuidPrefix> present = new HashSet<>(vendors.keySet());
        // This program is no participant that was found, but has endpoints.
        Stream.concat(writers.keySet().stream(), readers.keySet().stream())
                .map(Guid::prefix)
                .forEach(present::add);
        nodes.keySet()
                .removeIf(prefix -> !present.contains(prefix) && (before.contains(prefix) || early.contains(prefix)));
        early = nodes.keySet().stream()
                .filter(prefix -> !present.contains(prefix))
                .collect(Collectors.toSet());
    }

    @Override
    public void participantFound(ParticipantDescription participant) {
        change(() -> vendors.put(participant.prefix(), participant.vendor()));
    }

    @Override
    public void participantLost(GuidPrefix participant) {
        change(() -> {
            vendors.remove(participant);
            nodes.remove(participant);
        });
    }

    @Override
    public void endpointFound(EndpointDescription endpoint, boolean isWriter) {
        change(() -> (isWriter ? writers : readers).put(endpoint.guid(), endpoint));
    }

    @Override
    public void endpointLost(Guid endpoint) {
        change(() -> {
            writers.remove(endpoint);
            readers.remove(endpoint);
        });
    }

    /** A participant tells of its nodes; the writer says which participant that is, whatever the message says. */
    void nodesFound(GuidPrefix participant, DiscoveryInfo info) {
        if (info.participant().equals(new Guid(participant, EntityId.PARTICIPANT))) {
            change(() -> nodes.put(participant, info));
        }
    }

    private void change(Runnable action) {
        synchronized (this) {
            action.run();
        }
        listeners.forEach(Runnable::run);
    }

    synchronized Optional<Vendor> vendor(GuidPrefix participant) {
        return Optional.ofNullable(vendors.get(participant));
    }

    synchronized Optional<EndpointDescription> writer(Guid guid) {
        return Optional.ofNullable(writers.get(guid));
    }

    /** The readers of a topic of DDS in a participant. */
    synchronized List<EndpointDescription> readers(GuidPrefix participant, String topic) {
        return readers.values().stream()
                .filter(reader -> reader.guid().prefix().equals(participant)
                        && reader.topic().equals(topic))
                .toList();
    }

    /** What keeps two endpoints apart, with the names of their nodes; empty when one of both is gone, or nothing does any more. */
    Optional<QosConflict> conflict(Guid one, Guid other) {
        EndpointDescription writer;
        EndpointDescription reader;
        Map<Guid, String> owners;
        synchronized (this) {
            writer = writers.getOrDefault(one, writers.get(other));
            reader = readers.getOrDefault(one, readers.get(other));
            owners = owners();
        }
        if (writer == null || reader == null) {
            return Optional.empty();
        }
        List<QosConflict.Difference> differences = QosConflict.Difference.between(writer.qos(), reader.qos());
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(named(new QosConflict(
                        writer.topic(), writer.type(), end(writer, owners), end(reader, owners), differences)));
    }

    /** All endpoints that are kept apart, whosever they are. */
    QosConflicts conflicts() {
        List<EndpointDescription> publishers;
        List<EndpointDescription> subscriptions;
        Map<Guid, String> owners;
        synchronized (this) {
            publishers = List.copyOf(writers.values());
            subscriptions = List.copyOf(readers.values());
            owners = owners();
        }
        QosConflicts found = QosConflicts.among(compared(publishers, owners), compared(subscriptions, owners));
        return new QosConflicts(found.first().stream().map(Graph::named).toList(), found.count());
    }

    private static List<QosConflicts.Endpoint> compared(List<EndpointDescription> all, Map<Guid, String> owners) {
        return all.stream()
                .map(each -> new QosConflicts.Endpoint(each.topic(), each.type(), end(each, owners), each.qos()))
                .toList();
    }

    private static QosConflict.End end(EndpointDescription endpoint, Map<Guid, String> owners) {
        return new QosConflict.End(
                Optional.ofNullable(owners.get(endpoint.guid())),
                GID.formatHex(endpoint.guid().toBytes()));
    }

    /** With the names of ROS 2 in place of those of DDS, where there are some. */
    private static QosConflict named(QosConflict conflict) {
        return new QosConflict(
                RosNames.topicOf(conflict.topic()).orElse(conflict.topic()),
                typeName(conflict.type()),
                conflict.publisher(),
                conflict.subscription(),
                conflict.differences());
    }

    private static String typeName(String type) {
        return TypeName.parseDds(type).map(TypeName::toString).orElse(type);
    }

    /** Full names of nodes by the endpoints that they have. Whoever asks has the lock. */
    private Map<Guid, String> owners() {
        Map<Guid, String> owners = new HashMap<>();
        nodes.forEach((prefix, info) -> {
            for (DiscoveryInfo.Node node : info.nodes()) {
                String name = GraphSnapshot.fullName(node.namespace(), node.name());
                // Nobody has endpoints of another participant, whatever it says.
                Stream.concat(node.readers().stream(), node.writers().stream())
                        .filter(guid -> guid.prefix().equals(prefix))
                        .forEach(guid -> owners.put(guid, name));
            }
        });
        return owners;
    }

    synchronized GraphSnapshot snapshot() {
        Map<Guid, String> owners = owners();
        List<GraphSnapshot.Node> all = new ArrayList<>();
        nodes.forEach((prefix, info) -> {
            for (DiscoveryInfo.Node node : info.nodes()) {
                all.add(new GraphSnapshot.Node(
                        node.namespace(),
                        node.name(),
                        vendors.getOrDefault(prefix, Vendor.UNKNOWN),
                        node.readers(),
                        node.writers()));
            }
        });
        SortedMap<String, List<GraphSnapshot.Endpoint>> topics = new TreeMap<>();
        SortedMap<String, List<GraphSnapshot.Endpoint>> services = new TreeMap<>();
        writers.values().forEach(writer -> sort(writer, true, owners, topics, services));
        readers.values().forEach(reader -> sort(reader, false, owners, topics, services));
        return new GraphSnapshot(all, topics, services);
    }

    private static void sort(
            EndpointDescription endpoint,
            boolean isWriter,
            Map<Guid, String> owners,
            SortedMap<String, List<GraphSnapshot.Endpoint>> topics,
            SortedMap<String, List<GraphSnapshot.Endpoint>> services) {
        Optional<String> owner = Optional.ofNullable(owners.get(endpoint.guid()));
        String type = typeName(endpoint.type());
        Optional<String> hash = typeHash(endpoint.userData());
        RosNames.topicOf(endpoint.topic())
                .ifPresent(name -> topics.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(new GraphSnapshot.Endpoint(endpoint.guid(), owner, type, isWriter, endpoint.qos(), hash)));
        // A server reads requests and a client writes them: one of the two topics is enough.
        if (endpoint.topic().startsWith(RosNames.REQUEST + "/")) {
            String service = type.endsWith("_Request") ? type.substring(0, type.length() - "_Request".length()) : type;
            RosNames.serviceOf(endpoint.topic())
                    .ifPresent(name -> services.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(new GraphSnapshot.Endpoint(
                                    endpoint.guid(), owner, service, !isWriter, endpoint.qos(), hash)));
        }
    }

    static Optional<String> typeHash(String userData) {
        Matcher matcher = HASH.matcher(userData);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

package io.vyra.ros2.graph;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.participant.ParticipantListener;
import io.vyra.ros2.rtps.qos.QosMatching;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers what participants, endpoints and {@code ros_discovery_info} say. Thread-safe. */
final class Graph implements ParticipantListener {
    private static final Pattern HASH = Pattern.compile("(?:^|;)typehash=([^;]*)(?:;|$)");

    private final Map<GuidPrefix, Vendor> vendors = new LinkedHashMap<>();
    private final Map<Guid, EndpointDescription> writers = new LinkedHashMap<>();
    private final Map<Guid, EndpointDescription> readers = new LinkedHashMap<>();
    private final Map<GuidPrefix, DiscoveryInfo> nodes = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Has something run after each change, by the thread of the participant's events. */
    void onChange(Runnable listener) {
        listeners.add(listener);
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
        synchronized (this) {
            writer = writers.getOrDefault(one, writers.get(other));
            reader = readers.getOrDefault(one, readers.get(other));
        }
        if (writer == null || reader == null) {
            return Optional.empty();
        }
        List<QosConflict.Difference> differences = QosMatching.incompatible(writer.qos(), reader.qos()).stream()
                .map(policy -> new QosConflict.Difference(policy, policy.in(writer.qos()), policy.in(reader.qos())))
                .toList();
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new QosConflict(
                        RosNames.topicOf(writer.topic()).orElse(writer.topic()),
                        owner(writer.guid()),
                        owner(reader.guid()),
                        differences));
    }

    private synchronized Optional<String> owner(Guid endpoint) {
        DiscoveryInfo info = nodes.get(endpoint.prefix());
        return info == null
                ? Optional.empty()
                : info.nodes().stream()
                        .filter(node -> node.writers().contains(endpoint)
                                || node.readers().contains(endpoint))
                        .map(node ->
                                node.namespace().equals("/") ? "/" + node.name() : node.namespace() + "/" + node.name())
                        .findFirst();
    }

    synchronized GraphSnapshot snapshot() {
        Map<Guid, String> owners = new LinkedHashMap<>();
        List<GraphSnapshot.Node> all = new ArrayList<>();
        nodes.forEach((prefix, info) -> {
            for (DiscoveryInfo.Node node : info.nodes()) {
                GraphSnapshot.Node found = new GraphSnapshot.Node(
                        node.namespace(),
                        node.name(),
                        vendors.getOrDefault(prefix, Vendor.UNKNOWN),
                        node.readers(),
                        node.writers());
                all.add(found);
                node.readers().forEach(guid -> owners.put(guid, found.fullName()));
                node.writers().forEach(guid -> owners.put(guid, found.fullName()));
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
        String type = TypeName.parseDds(endpoint.type()).map(TypeName::toString).orElse(endpoint.type());
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

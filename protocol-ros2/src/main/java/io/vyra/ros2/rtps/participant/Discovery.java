package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.DiscoveryCodec;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.Destination;
import io.vyra.ros2.rtps.endpoint.Environment;
import io.vyra.ros2.rtps.endpoint.MemoryBudget;
import io.vyra.ros2.rtps.endpoint.RtpsReader;
import io.vyra.ros2.rtps.endpoint.RtpsWriter;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.transport.UdpTransport;
import io.vyra.ros2.wire.MalformedDataException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is there, and who of them is matched with whom. Guarded by the participant's lock.
 *
 * <p>This participant is one of those that it knows: its own writers and readers are matched as all others are, and talk by way of the
 * loopback of its socket.
 */
final class Discovery {
    private static final System.Logger LOG = System.getLogger(Discovery.class.getName());

    /** Of a lease in how many parts a sign of life comes: two of them may be lost. */
    private static final int SIGNS_OF_LIFE = 3;

    /** So that a lease of nearly nothing is no flood. */
    private static final long SHORTEST_INTERVAL = Duration.ofMillis(10).toNanos();

    private final ParticipantSettings settings;
    private final Environment environment;
    private final Events events;
    private final UdpTransport transport;
    private final Announcer announcer;
    private final BuiltInEndpoints builtIn;
    private final Matching matching;
    private final Map<GuidPrefix, RemoteParticipant> participants = new LinkedHashMap<>();
    private final Map<EntityId, RtpsWriter> writersById = new LinkedHashMap<>();

    // Those two are walked by index, many times a second: iterators would be left for the garbage collector.
    private final List<RtpsWriter> writers = new ArrayList<>();
    private final List<RtpsReader> readers = new ArrayList<>();

    private ParticipantDescription own;

    /** So often this participant says that it is alive, in nanoseconds: others take a writer for dead at the end of the writer's own lease. */
    private long livelinessInterval;

    /** No lease ends before; it is looked for only then, for leases are renewed all the time. */
    private long firstLeaseEnd = Long.MAX_VALUE;

    private long refused;

    Discovery(
            ParticipantSettings settings,
            ParticipantDescription own,
            Environment environment,
            Events events,
            UdpTransport transport,
            NetworkWatch network) {
        this.settings = settings;
        this.own = own;
        this.environment = environment;
        this.events = events;
        this.transport = transport;
        this.announcer = new Announcer(own, environment, transport, network);
        this.builtIn = new BuiltInEndpoints(own.prefix(), environment, this::endpointAnnounced, this::endpointGone);
        this.matching = new Matching(events, participants);
        builtIn.writers().forEach(this::add);
        keepAlive();
        readers.addAll(builtIn.readers());
        RemoteParticipant self = remote();
        update(self, own);
        participants.put(own.prefix(), self);
    }

    private RemoteParticipant remote() {
        return new RemoteParticipant(
                new MemoryBudget(settings.memory()),
                new MemoryBudget(settings.memory() / ParticipantSettings.DESCRIPTIONS_SHARE));
    }

    GuidPrefix prefix() {
        return own.prefix();
    }

    long refused() {
        return refused;
    }

    long keptFor(GuidPrefix prefix) {
        RemoteParticipant participant = participants.get(prefix);
        return participant == null ? 0 : participant.budget.used();
    }

    int endpointsOf(GuidPrefix prefix) {
        RemoteParticipant participant = participants.get(prefix);
        return participant == null ? 0 : participant.endpoints();
    }

    List<ParticipantDescription> participants() {
        return participants.values().stream()
                .map(participant -> participant.description)
                .filter(description -> !description.prefix().equals(own.prefix()))
                .toList();
    }

    Known known() {
        List<EndpointDescription> allWriters = new ArrayList<>();
        List<EndpointDescription> allReaders = new ArrayList<>();
        for (RemoteParticipant participant : participants.values()) {
            allWriters.addAll(participant.writers.values());
            allReaders.addAll(participant.readers.values());
        }
        return new Known(participants(), allWriters, allReaders);
    }

    /** Something came from that participant, so it is alive. */
    void seen(GuidPrefix prefix) {
        RemoteParticipant participant = participants.get(prefix);
        if (participant != null) {
            participant.seen = environment.now();
        }
    }

    /** This participant's readers, to be looked at only. */
    List<RtpsReader> readers() {
        return readers;
    }

    /** This participant's writer of that name, or null. */
    RtpsWriter writer(EntityId writer) {
        return writersById.get(writer);
    }

    /** A participant addresses this one. */
    void addressedBy(GuidPrefix prefix) {
        RemoteParticipant participant = participants.get(prefix);
        if (participant != null) {
            participant.isAware = true;
        }
    }

    /**
     * A participant says that it is there, or that it is gone.
     *
     * @param number of the announcement: what is said again, or is late, is no news
     */
    void participantAnnounced(GuidPrefix source, long number, InlineQos inlineQos, Slice payload, boolean isKey) {
        if (source.equals(own.prefix())) {
            return;
        }
        if (inlineQos.isGone() || isKey) {
            lose(source);
            return;
        }
        ParticipantDescription description = DiscoveryCodec.readParticipant(payload);
        if (!description.prefix().equals(source)) {
            throw new MalformedDataException(
                    "The participant " + source + " announces another: " + description.prefix());
        }
        RemoteParticipant known = participants.get(source);
        if (known == null) {
            if (transport.isInRange(description.metatraffic())) {
                find(description, number);
            }
            return;
        }
        if (!known.isAware) {
            // The first answer was lost, or came before it could be understood; nothing else may ever tell it of this
            // participant.
            announceTo(known);
        }
        if (number <= known.number) {
            return;
        }
        if (known.description.equals(description)) {
            known.number = number;
        } else {
            if (!isReachable(description)) {
                // What it said before still holds: nothing could be sent to it otherwise.
                refused++;
                return;
            }
            known.number = number;
            update(known, description);
            move(known);
            events.tell(listener -> listener.participantFound(description));
        }
    }

    private void find(ParticipantDescription description, long number) {
        if (participants.size() > settings.mostParticipants()) {
            refused++;
            return;
        }
        if (!isReachable(description)) {
            refused++;
            return;
        }
        RemoteParticipant participant = remote();
        participant.number = number;
        update(participant, description);
        participants.put(description.prefix(), participant);
        LOG.log(
                System.Logger.Level.DEBUG,
                "Found the participant {0} of {1}",
                description.prefix(),
                description.vendor());
        events.tell(listener -> listener.participantFound(description));
        // It would otherwise hear of this one only when the next announcement is due.
        announceTo(participant);
        builtIn.match(participant);
        environment.wakeAt(environment.now());
    }

    private static boolean isReachable(ParticipantDescription description) {
        return !description.metatraffic().isEmpty();
    }

    private void update(RemoteParticipant participant, ParticipantDescription description) {
        participant.description = description;
        participant.seen = environment.now();
        firstLeaseEnd = Math.min(firstLeaseEnd, participant.leaseEnd());
        locate(participant);
    }

    private void locate(RemoteParticipant participant) {
        ParticipantDescription description = participant.description;
        participant.metatraffic = destination(description, description.metatraffic());
        participant.data = destination(description, description.defaultLocators());
        if (participant.data == null) {
            participant.data = participant.metatraffic;
        }
    }

    /** Has everything that goes to a participant go where it is reached now. What is matched stays so, and nothing is lost. */
    private void move(RemoteParticipant participant) {
        builtIn.move(participant);
        participant
                .writers
                .values()
                .forEach(writer -> matching.writerMoved(writer.guid(), destinationOf(participant, writer)));
        participant
                .readers
                .values()
                .forEach(reader -> matching.readerMoved(reader.guid(), destinationOf(participant, reader)));
    }

    /** The interfaces of this machine are others: this participant is reached elsewhere, and others perhaps by another way. */
    void networkChanged() {
        if (!transport.renew()) {
            return;
        }
        own = own.at(transport.locators());
        participants.get(own.prefix()).description = own;
        announcer.describe(own);
        for (RemoteParticipant participant : participants.values()) {
            locate(participant);
            move(participant);
            if (!participant.description.prefix().equals(own.prefix())) {
                // Whoever was found by way of a peer, or is not reached by the group any more.
                announceTo(participant);
            }
        }
    }

    private void announceTo(RemoteParticipant participant) {
        announcer.announceTo(participant.metatraffic, participant.description.vendor());
    }

    private Destination destination(ParticipantDescription description, List<Locator> locators) {
        return transport
                .nearest(locators)
                .map(address -> new Destination(description.prefix(), address))
                .orElse(null);
    }

    private void lose(GuidPrefix prefix) {
        RemoteParticipant participant = participants.get(prefix);
        if (participant == null || prefix.equals(own.prefix())) {
            return;
        }
        new ArrayList<>(participant.writers.keySet()).forEach(guid -> lose(participant, guid));
        new ArrayList<>(participant.readers.keySet()).forEach(guid -> lose(participant, guid));
        participants.remove(prefix);
        builtIn.unmatch(prefix);
        LOG.log(System.Logger.Level.DEBUG, "Lost the participant {0}", prefix);
        events.tell(listener -> listener.participantLost(prefix));
    }

    private void endpointAnnounced(GuidPrefix source, EndpointDescription endpoint, boolean isWriter) {
        RemoteParticipant participant = participants.get(source);
        if (participant == null || !endpoint.guid().prefix().equals(source)) {
            return;
        }
        Map<Guid, EndpointDescription> known = isWriter ? participant.writers : participant.readers;
        EndpointDescription before = known.get(endpoint.guid());
        if (endpoint.equals(before)) {
            return;
        }
        if ((before == null && participant.endpoints() >= settings.mostEndpoints())
                || !participant.keep(endpoint, before, isWriter)) {
            refused++;
            return;
        }
        events.tell(listener -> listener.endpointFound(endpoint, isWriter));
        Destination destination = destinationOf(participant, endpoint);
        if (isWriter) {
            matching.writerFound(endpoint, destination, participant.budget);
        } else {
            matching.readerFound(endpoint, destination);
        }
    }

    private Destination destinationOf(RemoteParticipant participant, EndpointDescription endpoint) {
        return transport
                .nearest(endpoint.unicast())
                .map(address -> new Destination(endpoint.guid().prefix(), address))
                .orElse(participant.data);
    }

    private void endpointGone(GuidPrefix source, Guid endpoint) {
        RemoteParticipant participant = participants.get(source);
        if (participant != null && endpoint.prefix().equals(source)) {
            lose(participant, endpoint);
        }
    }

    private void lose(RemoteParticipant participant, Guid endpoint) {
        if (participant.forget(endpoint, true)) {
            matching.writerLost(endpoint);
            events.tell(listener -> listener.endpointLost(endpoint));
        } else if (participant.forget(endpoint, false)) {
            matching.readerLost(endpoint);
            events.tell(listener -> listener.endpointLost(endpoint));
        }
    }

    void add(DataWriter writer) {
        add(writer.writer());
        keepAlive();
        matching.add(writer, this::destinationOf);
        builtIn.announce(writer.description(), true);
        endpointAnnounced(own.prefix(), writer.description(), true);
    }

    /** Adapts how often this participant says that it is alive to the writers that it has now. */
    private void keepAlive() {
        Duration lease = settings.lease();
        for (RtpsWriter writer : writers) {
            if (writer.qos().liveliness() == Qos.Liveliness.AUTOMATIC
                    && writer.qos().lease().compareTo(lease) < 0) {
                lease = writer.qos().lease();
            }
        }
        livelinessInterval = Math.max(lease.toNanos() / SIGNS_OF_LIFE, SHORTEST_INTERVAL);
        environment.wakeAt(environment.now());
    }

    private void add(RtpsWriter writer) {
        writersById.put(writer.guid().entity(), writer);
        writers.add(writer);
    }

    void add(DataReader reader) {
        readers.add(reader.reader());
        matching.add(reader, this::destinationOf);
        builtIn.announce(reader.description(), false);
        endpointAnnounced(own.prefix(), reader.description(), false);
    }

    void remove(DataWriter writer) {
        if (writersById.remove(writer.guid().entity()) != null) {
            writers.remove(writer.writer());
            keepAlive();
            matching.remove(writer);
            builtIn.announceGone(writer.guid(), true);
            endpointGone(own.prefix(), writer.guid());
        }
    }

    void remove(DataReader reader) {
        if (readers.remove(reader.reader())) {
            matching.remove(reader);
            builtIn.announceGone(reader.guid(), false);
            endpointGone(own.prefix(), reader.guid());
        }
    }

    /** Whether a participant has acknowledged that it knows of a reader of this one. */
    boolean isKnown(Guid reader, GuidPrefix other) {
        return other.equals(own.prefix()) || builtIn.isKnown(reader, other);
    }

    void sayGoodbye() {
        announcer.announceGone(participants.values().stream()
                .filter(participant -> !participant.description.prefix().equals(own.prefix()))
                .map(participant -> participant.metatraffic)
                .toList());
    }

    /** Does what is due. The result is when the next is. */
    long run(long now) {
        long next = announcer.run(now);
        next = Math.min(next, builtIn.run(now, livelinessInterval));
        next = Math.min(next, loseSilent(now));
        for (int i = 0; i < writers.size(); i++) {
            next = Math.min(next, writers.get(i).run(now));
        }
        for (int i = 0; i < readers.size(); i++) {
            next = Math.min(next, readers.get(i).run(now));
        }
        return next;
    }

    /** Participants whose lease has run out are gone. The result is when the next lease ends. */
    private long loseSilent(long now) {
        if (now < firstLeaseEnd) {
            return firstLeaseEnd;
        }
        firstLeaseEnd = Long.MAX_VALUE;
        List<GuidPrefix> silent = List.of();
        for (RemoteParticipant participant : participants.values()) {
            GuidPrefix prefix = participant.description.prefix();
            if (prefix.equals(own.prefix())) {
                continue;
            }
            if (participant.leaseEnd() > now) {
                firstLeaseEnd = Math.min(firstLeaseEnd, participant.leaseEnd());
            } else {
                silent = silent.isEmpty() ? new ArrayList<>() : silent;
                silent.add(prefix);
            }
        }
        silent.forEach(this::lose);
        return firstLeaseEnd;
    }

    /** Where a participant's endpoint is reached. */
    @FunctionalInterface
    interface Route {
        Destination to(RemoteParticipant participant, EndpointDescription endpoint);
    }
}

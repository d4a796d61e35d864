package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.rtps.discovery.DiscoveryCodec;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.Destination;
import io.vyra.ros2.rtps.endpoint.Environment;
import io.vyra.ros2.rtps.endpoint.MemoryBudget;
import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.rtps.endpoint.RtpsReader;
import io.vyra.ros2.rtps.endpoint.RtpsWriter;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The endpoints by which participants tell each other of their endpoints, and that they are alive (DDSI-RTPS 2.5 §8.5.4, §8.4.13). */
final class BuiltInEndpoints {
    private static final System.Logger LOG = System.getLogger(BuiltInEndpoints.class.getName());
    private static final Qos QOS = Qos.DEFAULT.transientLocal().keepAll();
    private static final int LARGEST_SAMPLE = 1 << 17;
    private static final int AUTOMATIC_LIVELINESS = 1;

    private final GuidPrefix prefix;
    private final Environment environment;
    private final RtpsWriter publications;
    private final RtpsWriter subscriptions;
    private final RtpsWriter liveliness;
    private final RtpsReader publicationsReader;
    private final RtpsReader subscriptionsReader;
    private final RtpsReader livelinessReader;
    private final Map<Guid, Long> announced = new LinkedHashMap<>();
    private long aliveAt = Long.MIN_VALUE;

    /** Is told of an endpoint. */
    @FunctionalInterface
    interface Announced {
        void endpoint(GuidPrefix source, EndpointDescription endpoint, boolean isWriter);
    }

    /** Is told that an endpoint is gone. */
    @FunctionalInterface
    interface Gone {
        void endpoint(GuidPrefix source, Guid endpoint);
    }

    BuiltInEndpoints(GuidPrefix prefix, Environment environment, Announced found, Gone gone) {
        this.prefix = prefix;
        this.environment = environment;
        this.publications = writer(EntityId.PUBLICATIONS_WRITER);
        this.subscriptions = writer(EntityId.SUBSCRIPTIONS_WRITER);
        this.liveliness = new RtpsWriter(
                environment,
                new Guid(prefix, EntityId.LIVELINESS_WRITER),
                Qos.DEFAULT.transientLocal().withDepth(1));
        this.publicationsReader = reader(EntityId.PUBLICATIONS_READER, sample -> endpoint(sample, true, found, gone));
        this.subscriptionsReader =
                reader(EntityId.SUBSCRIPTIONS_READER, sample -> endpoint(sample, false, found, gone));
        // That a sample came at all is the sign of life.
        this.livelinessReader = reader(EntityId.LIVELINESS_READER, _ -> {});
    }

    private RtpsWriter writer(EntityId entity) {
        return new RtpsWriter(environment, new Guid(prefix, entity), QOS);
    }

    private RtpsReader reader(EntityId entity, java.util.function.Consumer<ReceivedSample> sink) {
        return new RtpsReader(environment, new Guid(prefix, entity), QOS, LARGEST_SAMPLE, sample -> {
            sink.accept(sample);
            environment.samples().give(sample);
        });
    }

    private static void endpoint(ReceivedSample sample, boolean isWriter, Announced found, Gone gone) {
        GuidPrefix source = sample.writer().prefix();
        try {
            if (sample.inlineQos().isGone() || sample.isKey()) {
                Guid guid = sample.inlineQos().keyHash().orElseGet(() -> DiscoveryCodec.readKey(sample.payload()));
                gone.endpoint(source, guid);
            } else if (sample.payload().length() > 0) {
                found.endpoint(source, DiscoveryCodec.readEndpoint(sample.payload(), isWriter), isWriter);
            }
        } catch (MalformedDataException e) {
            // This endpoint cannot be understood; what else comes from the participant can.
            LOG.log(System.Logger.Level.DEBUG, "An endpoint of {0} is malformed: {1}", source, e.getMessage());
        }
    }

    List<RtpsWriter> writers() {
        return List.of(publications, subscriptions, liveliness);
    }

    List<RtpsReader> readers() {
        return List.of(publicationsReader, subscriptionsReader, livelinessReader);
    }

    void match(RemoteParticipant participant) {
        ParticipantDescription it = participant.description;
        matchWriter(
                publications, participant, ParticipantDescription.PUBLICATIONS_READER, EntityId.PUBLICATIONS_READER);
        matchWriter(
                subscriptions, participant, ParticipantDescription.SUBSCRIPTIONS_READER, EntityId.SUBSCRIPTIONS_READER);
        matchWriter(liveliness, participant, ParticipantDescription.LIVELINESS_READER, EntityId.LIVELINESS_READER);
        MemoryBudget budget = participant.budget;
        if (it.has(ParticipantDescription.PUBLICATIONS_WRITER)) {
            publicationsReader.match(
                    new Guid(it.prefix(), EntityId.PUBLICATIONS_WRITER), participant.metatraffic, budget);
        }
        if (it.has(ParticipantDescription.SUBSCRIPTIONS_WRITER)) {
            subscriptionsReader.match(
                    new Guid(it.prefix(), EntityId.SUBSCRIPTIONS_WRITER), participant.metatraffic, budget);
        }
        if (it.has(ParticipantDescription.LIVELINESS_WRITER)) {
            livelinessReader.match(new Guid(it.prefix(), EntityId.LIVELINESS_WRITER), participant.metatraffic, budget);
        }
    }

    private static void matchWriter(RtpsWriter writer, RemoteParticipant participant, int bit, EntityId reader) {
        if (participant.description.has(bit)) {
            writer.match(new Guid(participant.description.prefix(), reader), participant.metatraffic, QOS);
        }
    }

    /** A participant is reached elsewhere from now on. */
    void move(RemoteParticipant participant) {
        GuidPrefix other = participant.description.prefix();
        Destination to = participant.metatraffic;
        publications.move(new Guid(other, EntityId.PUBLICATIONS_READER), to);
        subscriptions.move(new Guid(other, EntityId.SUBSCRIPTIONS_READER), to);
        liveliness.move(new Guid(other, EntityId.LIVELINESS_READER), to);
        publicationsReader.move(new Guid(other, EntityId.PUBLICATIONS_WRITER), to);
        subscriptionsReader.move(new Guid(other, EntityId.SUBSCRIPTIONS_WRITER), to);
        livelinessReader.move(new Guid(other, EntityId.LIVELINESS_WRITER), to);
    }

    void unmatch(GuidPrefix participant) {
        publications.unmatch(new Guid(participant, EntityId.PUBLICATIONS_READER));
        subscriptions.unmatch(new Guid(participant, EntityId.SUBSCRIPTIONS_READER));
        liveliness.unmatch(new Guid(participant, EntityId.LIVELINESS_READER));
        publicationsReader.unmatch(new Guid(participant, EntityId.PUBLICATIONS_WRITER));
        subscriptionsReader.unmatch(new Guid(participant, EntityId.SUBSCRIPTIONS_WRITER));
        livelinessReader.unmatch(new Guid(participant, EntityId.LIVELINESS_WRITER));
    }

    void announce(EndpointDescription endpoint, boolean isWriter) {
        RtpsWriter writer = isWriter ? publications : subscriptions;
        long number = writer.write(Slice.of(DiscoveryCodec.write(endpoint)), InlineQos.NONE, 0, false);
        announced.put(endpoint.guid(), number);
    }

    /** Whether a participant has acknowledged the announcement of a reader. */
    boolean isKnown(Guid reader, GuidPrefix participant) {
        Long number = announced.get(reader);
        return number != null
                && subscriptions.isAcknowledged(new Guid(participant, EntityId.SUBSCRIPTIONS_READER), number);
    }

    /** Whoever comes later need not know that the endpoint ever was. */
    void announceGone(Guid endpoint, boolean isWriter) {
        RtpsWriter writer = isWriter ? publications : subscriptions;
        Long number = announced.remove(endpoint);
        if (number != null) {
            writer.remove(number);
        }
        writer.writeOnce(Slice.of(DiscoveryCodec.writeKey(false, endpoint)), InlineQos.gone(endpoint));
    }

    /** Says that this participant is alive, when so many nanoseconds have passed since it last did. The result is when it is due next. */
    long run(long now, long interval) {
        if (aliveAt == Long.MIN_VALUE || now - aliveAt >= interval) {
            aliveAt = now;
            WireWriter writer = new WireWriter(64);
            Encapsulation.writeHeader(writer);
            writer.bytes(new Guid(prefix, EntityId.UNKNOWN).toBytes(), 0, GuidPrefix.SIZE);
            writer.zeros(3);
            writer.i8(AUTOMATIC_LIVELINESS);
            writer.i32(0);
            liveliness.write(new Slice(writer.array(), 0, writer.position()), InlineQos.NONE, 0, false);
        }
        return aliveAt + interval;
    }
}

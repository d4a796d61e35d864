package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.rtps.discovery.DiscoveryCodec;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.Destination;
import io.vyra.ros2.rtps.endpoint.Environment;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.transport.UdpTransport;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Tells the domain that this participant is there: often at first, then four times in a lease (SPDP, DDSI-RTPS 2.5 §8.5.3). Each time the network is
 * looked at as well, which may be another one since.
 */
final class Announcer {
    private static final int HASTY = 5;
    private static final long HASTE = 100_000_000;

    private final Environment environment;
    private final UdpTransport transport;
    private final NetworkWatch network;
    private ParticipantDescription own;
    private byte[] payload;

    /** Of the announcement; whoever knows one leaves others alone that are not newer. */
    private long number;

    private long at;
    private int announced;

    /** @param network is looked at with each announcement */
    Announcer(ParticipantDescription own, Environment environment, UdpTransport transport, NetworkWatch network) {
        this.environment = environment;
        this.transport = transport;
        this.network = network;
        this.at = environment.now();
        describe(own);
    }

    /** This participant is another one from now on, which is to be announced at once. */
    void describe(ParticipantDescription description) {
        own = description;
        payload = DiscoveryCodec.write(description);
        number++;
        at = Math.min(at, environment.now());
        environment.wakeAt(at);
    }

    private Submessage.Data announcement() {
        return new Submessage.Data(
                EntityId.SPDP_READER, EntityId.SPDP_WRITER, number, InlineQos.NONE, Slice.of(payload), false);
    }

    void announceTo(Destination destination) {
        environment.outbox().to(destination).add(announcement());
    }

    void announceGone(List<Destination> destinations) {
        Guid guid = new Guid(own.prefix(), EntityId.PARTICIPANT);
        Submessage.Data goodbye = new Submessage.Data(
                EntityId.SPDP_READER,
                EntityId.SPDP_WRITER,
                number + 1,
                InlineQos.gone(guid),
                Slice.of(DiscoveryCodec.writeKey(true, guid)),
                true);
        transport.announce(packet(goodbye));
        destinations.forEach(destination -> environment.outbox().to(destination).add(goodbye));
    }

    private ByteBuffer packet(Submessage submessage) {
        WireWriter writer = new WireWriter(payload.length + Encapsulation.SIZE + 512);
        Packets.writeHeader(writer, new Packets.Header(own.version(), own.vendor(), own.prefix()));
        Packets.write(writer, submessage);
        return ByteBuffer.wrap(writer.toArray());
    }

    long run(long now) {
        if (now >= at) {
            announced++;
            // First, so that an announcement that fails does not keep everything else from being done that is due.
            at = now + (announced < HASTY ? HASTE : own.lease().toNanos() / 4);
            transport.announce(packet(announcement()));
            network.look();
        }
        return at;
    }
}

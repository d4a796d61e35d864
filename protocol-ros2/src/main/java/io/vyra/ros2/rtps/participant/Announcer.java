package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.DiscoveryCodec;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.Destination;
import io.vyra.ros2.rtps.endpoint.Environment;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.transport.UdpTransport;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the domain that this participant is there: often at first, then four times in a lease (SPDP, DDSI-RTPS 2.5 §8.5.3). Each time the network is
 * looked at as well, which may be another one since.
 *
 * <p>In each network it says only how it is reached there. Until its release 11, Cyclone DDS takes all addresses of a participant for addresses
 * that it can reach, and one of them for the one to use, whichever is in the middle. What is no newer does not count for whoever knows an
 * announcement already, so that one in several networks of this participant goes on using the first. Whoever is not on Cyclone DDS is told of all
 * addresses in a newer one, by which it may find another way when that network fails.
 */
final class Announcer {
    private static final int HASTY = 5;
    private static final long HASTE = 100_000_000;
    private static final int LARGEST_DATAGRAM = 65_507;

    private final Environment environment;
    private final UdpTransport transport;
    private final NetworkWatch network;
    private ParticipantDescription own;
    /** Announcements by the addresses that they tell of. */
    private final Map<List<Locator>, Submessage.Data> announcements = new HashMap<>();

    /** Of the announcement with all addresses; the one before is that of announcements with some. */
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
        announcements.clear();
        number += 2;
        at = Math.min(at, environment.now());
        environment.wakeAt(at);
    }

    private Submessage.Data announcement(List<Locator> locators) {
        return announcements.computeIfAbsent(
                locators,
                _ -> new Submessage.Data(
                        EntityId.SPDP_READER,
                        EntityId.SPDP_WRITER,
                        locators.equals(own.metatraffic()) ? number : number - 1,
                        InlineQos.NONE,
                        Slice.of(DiscoveryCodec.write(own.at(locators))),
                        false));
    }

    void announceTo(Destination destination, Vendor vendor) {
        List<Locator> locators =
                vendor.equals(Vendor.CYCLONE_DDS) ? transport.locators(destination.address()) : own.metatraffic();
        environment.outbox().to(destination).add(announcement(locators));
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
        ByteBuffer packet = packet(goodbye);
        transport.announce(_ -> packet.duplicate());
        destinations.forEach(destination -> environment.outbox().to(destination).add(goodbye));
    }

    private ByteBuffer packet(Submessage submessage) {
        WireWriter writer = new WireWriter(LARGEST_DATAGRAM);
        Packets.writeHeader(writer, new Packets.Header(own.version(), own.vendor(), own.prefix()));
        Packets.write(writer, submessage);
        return ByteBuffer.wrap(writer.toArray());
    }

    long run(long now) {
        if (now >= at) {
            announced++;
            // First, so that an announcement that fails does not keep everything else from being done that is due.
            at = now + (announced < HASTY ? HASTE : own.lease().toNanos() / 4);
            transport.announce(locators -> packet(announcement(locators)));
            network.look();
        }
        return at;
    }
}

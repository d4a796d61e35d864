package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.discovery.DiscoveryCodec;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.wire.WireWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A peer that is packets only: it says what the test has it say, and hears nothing. */
record ScriptedPeer(GuidPrefix prefix) {
    static final String TOPIC = "rt/chatter";

    /** Where nobody listens. */
    static final List<Locator> NOWHERE = List.of(Locator.of(InetAddress.getLoopbackAddress(), 9));

    private static final Duration LEASE = Duration.ofSeconds(600);

    static ScriptedPeer number(int number) {
        return new ScriptedPeer(new GuidPrefix(0x0110_0000_0000_0000L | number, number));
    }

    Guid writer(int key) {
        return new Guid(prefix, EntityId.writer(key));
    }

    /** That it is there, and where, as the announcement of that number. */
    Submessage hello(long number, List<Locator> locators) {
        byte[] payload = DiscoveryCodec.write(new ParticipantDescription(
                prefix,
                Vendor.CYCLONE_DDS,
                0x0205,
                ParticipantDescription.ALL_ENDPOINTS,
                locators,
                locators,
                LEASE,
                "peer",
                "enclave=/;"));
        return data(EntityId.SPDP_READER, EntityId.SPDP_WRITER, number, payload);
    }

    Submessage hello() {
        return hello(1, NOWHERE);
    }

    Submessage goodbye() {
        Guid guid = new Guid(prefix, EntityId.PARTICIPANT);
        return new Submessage.Data(
                EntityId.SPDP_READER,
                EntityId.SPDP_WRITER,
                2,
                InlineQos.gone(guid),
                Slice.of(DiscoveryCodec.writeKey(true, guid)),
                true);
    }

    /** That it has a writer of {@link #TOPIC}, as the sample of that number. */
    Submessage announceWriter(long number, int key) {
        return announceWriter(number, key, Qos.DEFAULT);
    }

    Submessage announceWriter(long number, int key, Qos qos) {
        byte[] payload =
                DiscoveryCodec.write(new EndpointDescription(writer(key), TOPIC, Payloads.STRING, qos, List.of(), ""));
        return data(EntityId.PUBLICATIONS_READER, EntityId.PUBLICATIONS_WRITER, number, payload);
    }

    Submessage loseWriter(long number, int key) {
        return new Submessage.Data(
                EntityId.PUBLICATIONS_READER,
                EntityId.PUBLICATIONS_WRITER,
                number,
                InlineQos.gone(writer(key)),
                Slice.of(DiscoveryCodec.writeKey(false, writer(key))),
                true);
    }

    /** That it has a reader of {@link #TOPIC}, as the sample of that number. */
    Submessage announceReader(long number, int key) {
        byte[] payload = DiscoveryCodec.write(new EndpointDescription(
                new Guid(prefix, EntityId.reader(key)), TOPIC, Payloads.STRING, Qos.DEFAULT, List.of(), ""));
        return data(EntityId.SUBSCRIPTIONS_READER, EntityId.SUBSCRIPTIONS_WRITER, number, payload);
    }

    static Submessage data(EntityId reader, EntityId writer, long number, byte[] payload) {
        return new Submessage.Data(reader, writer, number, InlineQos.NONE, Slice.of(payload), false);
    }

    /** One fragment of a sample. */
    static Submessage fragment(EntityId reader, int writer, long number, int index, int fragmentSize, int sampleSize) {
        int size = Math.min(fragmentSize, sampleSize - (index - 1) * fragmentSize);
        return new Submessage.DataFrag(
                reader,
                EntityId.writer(writer),
                number,
                index,
                1,
                fragmentSize,
                sampleSize,
                InlineQos.NONE,
                Slice.of(new byte[size]));
    }

    byte[] packet(Submessage... submessages) {
        WireWriter writer = new WireWriter(1 << 16);
        Packets.writeHeader(writer, new Packets.Header(0x0205, Vendor.CYCLONE_DDS, prefix));
        for (Submessage submessage : submessages) {
            Packets.write(writer, submessage);
        }
        return writer.toArray();
    }

    /** One submessage of every kind, to a participant whose first endpoint reads, and whose second writes; the first three make it known. */
    Stream<Submessage> everything() {
        EntityId reader = EntityId.reader(1);
        EntityId writer = EntityId.writer(2);
        return Stream.of(
                hello(),
                announceWriter(1, 1),
                announceReader(1, 1),
                data(reader, EntityId.writer(1), 1, Payloads.text("hello")),
                fragment(reader, 1, 2, 1, 1000, 100_000),
                new Submessage.Heartbeat(reader, EntityId.writer(1), 1, 9, 1, false, false),
                new Submessage.HeartbeatFrag(reader, EntityId.writer(1), 2, 10, 1),
                new Submessage.Gap(reader, EntityId.writer(1), 3, NumberSet.empty(5)),
                new Submessage.AckNack(EntityId.reader(1), writer, new NumberSet(1, 2, new int[] {-1}), 1, false),
                new Submessage.NackFrag(EntityId.reader(1), writer, 1, new NumberSet(1, 3, new int[] {-1}), 1),
                hello(2, List.of()),
                loseWriter(2, 1),
                goodbye());
    }
}

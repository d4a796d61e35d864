package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.discovery.DiscoveryCodec;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.Outbox;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A participant that is given packets as if they came from a peer that it knows: whatever they hold, it throws nothing and goes on.
 * Searches on when {@code JAZZER_FUZZ=1} is set.
 */
class PacketFuzzTest {
    private static final GuidPrefix PEER = new GuidPrefix(0x0110_0000_0000_0001L, 1);
    private static final EntityId PEER_WRITER = EntityId.writer(1);
    private static final EntityId PEER_READER = EntityId.reader(1);

    /** Apart from the test's class, because the participant's threads call lambdas of that class, which waits for its initialization. */
    private static final class Target {
        static final Participant PARTICIPANT = open();
    }

    private static Participant open() {
        try {
            Participant participant = Participant.open(
                    ParticipantSettings.of(Domains.localhost(Domains.free()), "fuzz", ""),
                    _ -> (packet, address) ->
                            assertThat(packet.remaining()).isLessThanOrEqualTo(Outbox.LARGEST_PACKET));
            participant.createReader("rt/chatter", Payloads.STRING, Qos.DEFAULT, "", _ -> {});
            DataWriter writer =
                    participant.createWriter("rt/chatter", Payloads.STRING, Qos.DEFAULT.transientLocal(), "");
            introduce(participant);
            writer.write(Payloads.counting(40_000));
            return participant;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The peer and its endpoints become known, as from the network. */
    private static void introduce(Participant participant) {
        seedSubmessages().limit(3).forEach(submessage -> participant.inject(packet(submessage)));
    }

    private static Stream<Submessage> seedSubmessages() {
        Locator locator = Locator.of(InetAddress.getLoopbackAddress(), 9);
        byte[] hello = DiscoveryCodec.write(new ParticipantDescription(
                PEER,
                Vendor.CYCLONE_DDS,
                0x0205,
                ParticipantDescription.ALL_ENDPOINTS,
                List.of(locator),
                List.of(locator),
                Duration.ofSeconds(600),
                "peer",
                "enclave=/;"));
        byte[] writer = DiscoveryCodec.write(new EndpointDescription(
                new Guid(PEER, PEER_WRITER), "rt/chatter", Payloads.STRING, Qos.DEFAULT, List.of(), ""));
        byte[] reader = DiscoveryCodec.write(new EndpointDescription(
                new Guid(PEER, PEER_READER), "rt/chatter", Payloads.STRING, Qos.DEFAULT, List.of(), ""));
        EntityId ownReader = EntityId.reader(1);
        EntityId ownWriter = EntityId.writer(2);
        return Stream.of(
                data(EntityId.SPDP_READER, EntityId.SPDP_WRITER, hello),
                data(EntityId.PUBLICATIONS_READER, EntityId.PUBLICATIONS_WRITER, writer),
                data(EntityId.SUBSCRIPTIONS_READER, EntityId.SUBSCRIPTIONS_WRITER, reader),
                data(ownReader, PEER_WRITER, Payloads.text("hello")),
                new Submessage.DataFrag(
                        ownReader, PEER_WRITER, 2, 1, 1, 1000, 100_000, InlineQos.NONE, Slice.of(new byte[1000])),
                new Submessage.Heartbeat(ownReader, PEER_WRITER, 1, 9, 1, false, false),
                new Submessage.HeartbeatFrag(ownReader, PEER_WRITER, 2, 10, 1),
                new Submessage.Gap(ownReader, PEER_WRITER, 3, NumberSet.empty(5)),
                new Submessage.AckNack(PEER_READER, ownWriter, new NumberSet(1, 2, new int[] {-1}), 1, false),
                new Submessage.NackFrag(PEER_READER, ownWriter, 1, new NumberSet(1, 3, new int[] {-1}), 1));
    }

    private static Submessage.Data data(EntityId reader, EntityId writer, byte[] payload) {
        return new Submessage.Data(reader, writer, 1, InlineQos.NONE, Slice.of(payload), false);
    }

    private static byte[] packet(Submessage submessage) {
        WireWriter writer = new WireWriter(1 << 16);
        Packets.writeHeader(writer, new Packets.Header(0x0205, Vendor.CYCLONE_DDS, PEER));
        Packets.write(writer, submessage);
        return writer.toArray();
    }

    static Stream<Arguments> seeds() {
        return seedSubmessages().map(submessage -> Arguments.of((Object) packet(submessage)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void packet(byte[] bytes) {
        Target.PARTICIPANT.inject(bytes);

        assertThat(Target.PARTICIPANT.participants()).hasSizeLessThanOrEqualTo(251);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void packetOfTheKnownPeer(byte[] bytes) {
        byte[] header = packet(new Submessage.InfoTimestamp(1));
        byte[] changed = bytes.clone();
        System.arraycopy(header, 0, changed, 0, Math.min(changed.length, Packets.HEADER));

        Target.PARTICIPANT.inject(changed);
    }
}

package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.endpoint.Outbox;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A participant that is given packets as if they came from a peer that it knows: whatever they hold, it processes or refuses them, meets no
 * error of its own, and keeps its limits, which are small here so that packets reach them. Searches on when {@code JAZZER_FUZZ=1} is set.
 */
class PacketFuzzTest {
    private static final ScriptedPeer PEER = ScriptedPeer.number(1);
    private static final int MOST_PARTICIPANTS = 3;
    private static final int MOST_ENDPOINTS = 6;
    private static final long MEMORY = 1 << 20;

    /** Apart from the test's class, because the participant's threads call lambdas of that class, which waits for its initialization. */
    static final class Target {
        static final Participant PARTICIPANT = open();
    }

    private static Participant open() {
        try {
            ParticipantSettings settings = new ParticipantSettings(
                    Domains.localhost(Domains.free()),
                    "fuzz",
                    "",
                    Duration.ofSeconds(20),
                    MOST_PARTICIPANTS,
                    MOST_ENDPOINTS,
                    MEMORY,
                    1 << 18);
            Participant participant = Participant.open(
                    settings,
                    _ -> (packet, address) ->
                            assertThat(packet.remaining()).isLessThanOrEqualTo(Outbox.LARGEST_PACKET));
            participant.createReader(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT, "", _ -> {});
            DataWriter writer =
                    participant.createWriter(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT.transientLocal(), "");
            introduce(participant);
            writer.write(Payloads.counting(40_000));
            return participant;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The peer and its endpoints become known, as from the network. */
    private static void introduce(Participant participant) {
        PEER.everything().limit(3).forEach(submessage -> participant.inject(PEER.packet(submessage)));
    }

    static Stream<Arguments> seeds() {
        Stream<byte[]> ofPeer = PEER.everything().map(PEER::packet);
        Stream<byte[]> ofOthers = Stream.iterate(2, number -> number < 3 + MOST_PARTICIPANTS, number -> number + 1)
                .map(ScriptedPeer::number)
                .map(other -> other.packet(other.hello(), other.announceWriter(1, 1), other.announceReader(1, 1)));
        return Stream.concat(ofPeer, ofOthers).map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void packet(byte[] bytes) {
        Target.PARTICIPANT.inject(bytes);

        assertSound();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void packetOfTheKnownPeer(byte[] bytes) {
        // The last packet may have been its goodbye.
        introduce(Target.PARTICIPANT);
        byte[] header = PEER.packet(new Submessage.InfoTimestamp(1));
        byte[] changed = bytes.clone();
        System.arraycopy(header, 0, changed, 0, Math.min(changed.length, Packets.HEADER));

        Target.PARTICIPANT.inject(changed);

        assertSound();
    }

    private static void assertSound() {
        Participant participant = Target.PARTICIPANT;
        assertThat(participant.counters().errors()).isZero();
        assertThat(participant.participants()).hasSizeLessThanOrEqualTo(MOST_PARTICIPANTS);
        assertThat(participant.keptFor(PEER.prefix())).isBetween(0L, MEMORY);
    }
}

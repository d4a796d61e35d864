package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What a known peer says, with some bytes changed, in any order: the participant meets no error of its own. */
class PacketProperties {
    private static final ScriptedPeer PEER = ScriptedPeer.number(1);
    private static final List<byte[]> PACKETS =
            PEER.everything().map(PEER::packet).toList();

    private static Participant participant;
    private static DataWriter writer;

    @BeforeContainer
    static void open() throws IOException {
        participant = Participant.open(
                ParticipantSettings.of(Domains.localhost(Domains.free()), "properties", ""), _ -> (_, _) -> {});
        participant.createReader(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT, "", _ -> {});
        writer = participant.createWriter(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT.transientLocal(), "");
    }

    @AfterContainer
    static void close() {
        participant.close();
    }

    @Property(tries = 2000)
    void shouldMeetNoErrorOfItsOwn(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 12) Integer> packets,
            @ForAll @IntRange(max = 100_000) int index,
            @ForAll byte value,
            @ForAll @IntRange(max = 11) int changed) {
        PACKETS.subList(0, 3).forEach(participant::inject);
        writer.write(Payloads.counting(20_000));

        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = PACKETS.get(packets.get(i)).clone();
            if (i == changed % packets.size()) {
                // After the header, so that it is still the peer's.
                packet[Packets.HEADER + index % (packet.length - Packets.HEADER)] = value;
            }
            participant.inject(packet);
        }

        assertThat(participant.counters().errors()).isZero();
        assertThat(participant.participants()).hasSizeLessThanOrEqualTo(250);
    }
}

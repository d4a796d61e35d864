package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.peer.PacketRecorder;
import java.io.IOException;

/** A participant of whose packets a copy is kept. */
public final class RecordedParticipant {
    private RecordedParticipant() {}

    public static Participant open(ParticipantSettings settings, PacketRecorder recorder) throws IOException {
        return Participant.open(settings, way -> (packet, address) -> {
            recorder.add(packet, address);
            way.send(packet, address);
        });
    }
}

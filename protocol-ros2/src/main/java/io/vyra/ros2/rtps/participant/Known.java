package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import java.util.List;

/**
 * What a participant knows of its domain at a time.
 *
 * @param participants the others
 * @param writers of all, this participant's own among them
 * @param readers of all, this participant's own among them
 */
public record Known(
        List<ParticipantDescription> participants,
        List<EndpointDescription> writers,
        List<EndpointDescription> readers) {
    public Known {
        participants = List.copyOf(participants);
        writers = List.copyOf(writers);
        readers = List.copyOf(readers);
    }
}

package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.util.Set;

/**
 * Is told what a participant finds out, by one thread, in the order in which it happened. Methods may block; other listeners wait meanwhile.
 *
 * <p>When too much waits for a slow listener, it is dropped ({@link ParticipantCounters#untold}), and every listener is told {@link #known}. Who
 * remembers what it is told must replace it then; who only looks again at each event must look again.
 */
public interface ParticipantListener {
    /**
     * What is known when the listener is added; and once more when events were dropped, in place of all that was told before. What matched or did
     * not fit is not told again: {@link DataWriter} and {@link DataReader} say what is matched now.
     *
     * <p>Unless a listener does something else, it is told of each participant and endpoint, but not of those that are gone.
     */
    default void known(Known known) {
        known.participants().forEach(this::participantFound);
        known.writers().forEach(writer -> endpointFound(writer, true));
        known.readers().forEach(reader -> endpointFound(reader, false));
    }

    /** A participant was found, or says something new of itself. */
    default void participantFound(ParticipantDescription participant) {}

    /** A participant said goodbye, or its lease ran out; its endpoints are gone as well. */
    default void participantLost(GuidPrefix participant) {}

    /** A writer or a reader was found, or says something new of itself. This participant's own are among them. */
    default void endpointFound(EndpointDescription endpoint, boolean isWriter) {}

    default void endpointLost(Guid endpoint) {}

    /** One of this participant's endpoints and another begin to talk to each other. */
    default void matched(Guid own, Guid other) {}

    default void unmatched(Guid own, Guid other) {}

    /** Two endpoints of the same topic and type cannot talk to each other. */
    default void incompatible(Guid own, EndpointDescription other, Set<QosPolicy> policies) {}
}

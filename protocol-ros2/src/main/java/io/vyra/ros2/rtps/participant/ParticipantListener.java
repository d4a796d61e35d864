package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.util.Set;

/** Is told what a participant finds out, by one thread, in the order in which it happened. Methods may block; others wait meanwhile. */
public interface ParticipantListener {
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

package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.Destination;
import io.vyra.ros2.rtps.endpoint.MemoryBudget;
import io.vyra.ros2.rtps.message.Guid;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of another participant. Guarded by the participant's lock. */
final class RemoteParticipant {
    final MemoryBudget budget;
    final Map<Guid, EndpointDescription> writers = new LinkedHashMap<>();
    final Map<Guid, EndpointDescription> readers = new LinkedHashMap<>();
    ParticipantDescription description;
    Destination metatraffic;
    Destination data;
    long seen;

    /** Whether it has addressed this participant, and so knows of it. */
    boolean isAware;

    RemoteParticipant(MemoryBudget budget) {
        this.budget = budget;
    }

    /** When it is taken for gone unless it is heard of before, as {@link System#nanoTime}. */
    long leaseEnd() {
        return seen + description.lease().toNanos();
    }

    int endpoints() {
        return writers.size() + readers.size();
    }
}

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
    /** What descriptions cost beyond their texts, roughly: the objects that they are made of. */
    private static final int DESCRIPTION_SIZE = 512;

    private static final int ITEM_SIZE = 64;

    /** For samples that are not complete, or not yet due. */
    final MemoryBudget budget;

    /** For what it says of its endpoints. It has one of its own, so that many endpoints do not keep samples from coming. */
    private final MemoryBudget descriptions;

    final Map<Guid, EndpointDescription> writers = new LinkedHashMap<>();
    final Map<Guid, EndpointDescription> readers = new LinkedHashMap<>();
    ParticipantDescription description;

    /** Of the announcement with that description. */
    long number;

    Destination metatraffic;
    Destination data;
    long seen;

    /** Whether it has addressed this participant, and so knows of it. */
    boolean isAware;

    RemoteParticipant(MemoryBudget budget, MemoryBudget descriptions) {
        this.budget = budget;
        this.descriptions = descriptions;
    }

    /** When it is taken for gone unless it is heard of before, as {@link System#nanoTime}. */
    long leaseEnd() {
        return seen + description.lease().toNanos();
    }

    int endpoints() {
        return writers.size() + readers.size();
    }

    /** Keeps what it says of an endpoint in place of what it said before, which may be null; not when there is no room for it. */
    boolean keep(EndpointDescription endpoint, EndpointDescription before, boolean isWriter) {
        long size = size(endpoint) - (before == null ? 0 : size(before));
        if (size > 0 && !descriptions.take(size)) {
            return false;
        }
        if (size < 0) {
            descriptions.give(-size);
        }
        (isWriter ? writers : readers).put(endpoint.guid(), endpoint);
        return true;
    }

    /** Forgets an endpoint, when it is there. */
    boolean forget(Guid endpoint, boolean isWriter) {
        EndpointDescription known = (isWriter ? writers : readers).remove(endpoint);
        if (known != null) {
            descriptions.give(size(known));
        }
        return known != null;
    }

    private static long size(EndpointDescription endpoint) {
        long size = DESCRIPTION_SIZE
                + endpoint.topic().length()
                + endpoint.type().length()
                + endpoint.userData().length();
        size += (long) ITEM_SIZE
                * (endpoint.unicast().size() + endpoint.qos().representations().size());
        for (String partition : endpoint.qos().partitions()) {
            size += ITEM_SIZE + partition.length();
        }
        return size;
    }
}

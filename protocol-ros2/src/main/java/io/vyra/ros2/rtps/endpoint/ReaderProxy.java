package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a writer knows of a reader that it is matched with. */
final class ReaderProxy {
    final Guid guid;

    /** Changed by {@link MatchedReaders#move} alone, which keeps it with the others of that place. */
    Destination destination;

    final boolean isReliable;

    /** The lowest number that the reader shall get. */
    final long firstRelevant;

    /** The reader has everything up to here. */
    long acknowledged;

    /**
     * Whether the reader is known to have had a heartbeat. Until then it is sent no sample: Cyclone DDS takes the first heartbeat that it gets
     * for the beginning of a volatile reader, and what was before that for none of its business.
     */
    boolean isReady;

    /** What it is still to be sent of what it asked for. */
    final Deque<Resends.Piece> lacking = new ArrayDeque<>();

    /** When the next burst of it may go. */
    long burstAt = Long.MIN_VALUE;

    /** Whether it is to say what it lacks once it has got that. */
    boolean isToAnswer;

    int acks;
    int lastAckCount;
    int lastNackFragCount;
    int heartbeats;

    ReaderProxy(Guid guid, Destination destination, boolean isReliable, long firstRelevant, boolean isReady) {
        this.guid = guid;
        this.destination = destination;
        this.isReliable = isReliable;
        this.firstRelevant = firstRelevant;
        this.isReady = isReady;
        this.acknowledged = firstRelevant - 1;
    }
}

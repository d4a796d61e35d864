package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;

/** What a writer knows of a reader that it is matched with. */
final class ReaderProxy {
    final Guid guid;
    final boolean isReliable;

    /** The lowest number that the reader shall get. */
    final long firstRelevant;

    /** The reader has everything up to here. */
    long acknowledged;

    int lastAckCount;
    int lastNackFragCount;
    int heartbeats;

    ReaderProxy(Guid guid, boolean isReliable, long firstRelevant) {
        this.guid = guid;
        this.isReliable = isReliable;
        this.firstRelevant = firstRelevant;
        this.acknowledged = firstRelevant - 1;
    }
}

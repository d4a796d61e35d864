package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;

/** What the two ends of a transport tell each other. Network messages travel inside frames and fragments, after their headers. */
public sealed interface TransportMessage {
    /**
     * What both ends offer, and agree upon, before a transport is open.
     *
     * @param qualityOfService whether priorities are told apart
     * @param authentication the extension's body, or null
     * @param patch of the protocol; from 1 on, first and dropped fragments are marked
     */
    record Offer(boolean qualityOfService, Bytes authentication, int patch) {
        /** Nothing. */
        public static final Offer NONE = new Offer(false, null, 0);
    }

    /**
     * How large a message may be and how far is counted.
     *
     * @param sequenceNumberBits 0 for 8, 1 for 16, 2 for 32, 3 for 64 bits
     * @param requestNumberBits likewise
     * @param batch the largest batch in bytes, up to 65,535
     */
    record Sizes(int sequenceNumberBits, int requestNumberBits, int batch) {
        /** What holds when nothing is said: 32 bits, 65,535 bytes. */
        public static final Sizes DEFAULT = new Sizes(2, 2, 0xffff);
    }

    /** The first message of whoever opens the transport. */
    record InitSyn(int version, WhatAmI whatAmI, ZenohId node, Sizes sizes, Offer offer) implements TransportMessage {}

    /**
     * Its answer.
     *
     * @param cookie to be sent back in the next message
     */
    record InitAck(int version, WhatAmI whatAmI, ZenohId node, Sizes sizes, Bytes cookie, Offer offer)
            implements TransportMessage {}

    /**
     * The second message of whoever opens the transport.
     *
     * @param leaseMillis how long after the last sign of life the sender is to be taken for dead
     * @param firstSequenceNumber of the sender's frames
     */
    record OpenSyn(long leaseMillis, int firstSequenceNumber, Bytes cookie, Offer offer) implements TransportMessage {}

    /** Its answer; the transport is open. */
    record OpenAck(long leaseMillis, int firstSequenceNumber, Offer offer) implements TransportMessage {}

    /**
     * The transport ends.
     *
     * @param session whether all links end, else this one
     */
    record Close(CloseReason reason, boolean session) implements TransportMessage {}

    /** A sign of life. */
    record KeepAlive() implements TransportMessage {}

    /** The header of a frame; network messages follow. */
    record Frame(boolean reliable, int sequenceNumber, Priority priority) implements TransportMessage {}

    /**
     * The header of a part of a network message; the part is the rest of the batch.
     *
     * @param more whether another part follows
     * @param first whether it is marked as the first part
     * @param dropped whether the message is given up
     */
    record Fragment(
            boolean reliable, boolean more, int sequenceNumber, Priority priority, boolean first, boolean dropped)
            implements TransportMessage {}

    /** What this side does not use: maintenance between routers. */
    record Ignored() implements TransportMessage {}
}

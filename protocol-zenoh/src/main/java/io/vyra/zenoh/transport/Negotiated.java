package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import java.time.Duration;

/**
 * What both sides of a transport agreed upon.
 *
 * @param peer who the other side is
 * @param peerRole what it is
 * @param user as whom it proved itself, or null when nobody asked
 * @param batchSize the largest batch in bytes, either way
 * @param sequenceMask the largest sequence number
 * @param firstSent the first sequence number of this side
 * @param firstReceived the first one of the peer
 * @param peerLease after how long of silence the peer is to be taken for dead
 * @param hasPriorities whether priorities are told apart
 * @param marksFragments whether first and dropped fragments are marked
 */
public record Negotiated(
        ZenohId peer,
        WhatAmI peerRole,
        String user,
        int batchSize,
        int sequenceMask,
        int firstSent,
        int firstReceived,
        Duration peerLease,
        boolean hasPriorities,
        boolean marksFragments) {}

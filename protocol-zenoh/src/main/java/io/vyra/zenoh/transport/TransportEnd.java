package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.CloseReason;

/** Why a transport ended. */
public sealed interface TransportEnd {
    /** This side closed it. */
    record ClosedHere(CloseReason reason) implements TransportEnd {}

    /** The peer said that it closes it. */
    record ClosedByPeer(CloseReason reason) implements TransportEnd {}

    /** The connection ended, without a word. */
    record ConnectionLost(String why) implements TransportEnd {}

    /** Nothing was heard of the peer for as long as it promised. */
    record LeaseExpired() implements TransportEnd {}

    /** The peer sent what is not valid. */
    record ProtocolViolated(String why) implements TransportEnd {}
}

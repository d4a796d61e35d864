package io.vyra.zenoh.message;

/** What happens to a message when the way to the peer is full. */
public enum CongestionControl {
    /** It is left out, and counted. */
    DROP,
    /** Whoever sends it waits, up to a deadline. */
    BLOCK
}

package io.vyra.zenoh.message;

/** What becomes of several replies for one key. The order is the wire's. */
public enum Consolidation {
    /** Left to the querying session, which takes {@link #LATEST} unless the selector asks for a time range. */
    AUTO,
    /** All are delivered. */
    NONE,
    /** One is delivered at once, unless a newer one with the same key was delivered already. */
    MONOTONIC,
    /** Of each key only the newest is delivered, when all have arrived. */
    LATEST;

    private static final Consolidation[] VALUES = values();

    static Consolidation ofWire(long number) {
        return number >= 0 && number < VALUES.length ? VALUES[(int) number] : AUTO;
    }
}

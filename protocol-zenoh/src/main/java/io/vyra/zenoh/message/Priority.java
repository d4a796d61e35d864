package io.vyra.zenoh.message;

/** Which message goes first when several wait. The order is the wire's; the first is the most urgent. */
public enum Priority {
    /** For the protocol's own declarations. */
    CONTROL,
    REAL_TIME,
    INTERACTIVE_HIGH,
    INTERACTIVE_LOW,
    DATA_HIGH,
    /** The default. */
    DATA,
    DATA_LOW,
    BACKGROUND;

    private static final Priority[] VALUES = values();

    static Priority ofWire(int bits) {
        return VALUES[bits & 7];
    }
}

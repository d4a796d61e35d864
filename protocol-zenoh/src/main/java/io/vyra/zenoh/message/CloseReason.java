package io.vyra.zenoh.message;

/** Why a node closes a transport. The order is the wire's; any other number is {@link #GENERIC}. */
public enum CloseReason {
    GENERIC,
    UNSUPPORTED,
    INVALID,
    MAX_SESSIONS,
    MAX_LINKS,
    EXPIRED,
    UNRESPONSIVE,
    CONNECTION_TO_SELF;

    private static final CloseReason[] VALUES = values();

    static CloseReason ofWire(int number) {
        return number < VALUES.length ? VALUES[number] : GENERIC;
    }
}

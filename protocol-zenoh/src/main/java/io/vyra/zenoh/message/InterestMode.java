package io.vyra.zenoh.message;

/** Which declarations an interest asks for. The order is the wire's. */
public enum InterestMode {
    /** None any more. */
    FINAL,
    /** Those that exist, and then an {@link Declaration.AllDeclared}. */
    CURRENT,
    /** Those to come. */
    FUTURE,
    /** Both. */
    CURRENT_FUTURE;

    private static final InterestMode[] VALUES = values();

    static InterestMode ofWire(int bits) {
        return VALUES[bits & 3];
    }

    public boolean isCurrent() {
        return this == CURRENT || this == CURRENT_FUTURE;
    }

    public boolean isFuture() {
        return this == FUTURE || this == CURRENT_FUTURE;
    }
}

package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.MalformedMessageException;

/** Which queryables answer a query. The order is the wire's. */
public enum QueryTarget {
    /** The nearest complete one if there is one, else all. */
    BEST_MATCHING,
    /** All that match. */
    ALL,
    /** All that match and are complete. */
    ALL_COMPLETE;

    private static final QueryTarget[] VALUES = values();

    static QueryTarget ofWire(long number) {
        if (number < 0 || number >= VALUES.length) {
            throw new MalformedMessageException("There is no query target " + Long.toUnsignedString(number));
        }
        return VALUES[(int) number];
    }
}

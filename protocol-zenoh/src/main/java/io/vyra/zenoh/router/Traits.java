package io.vyra.zenoh.router;

/**
 * What is said of a queryable; of others nothing is.
 *
 * @param complete whether it has all keys that match its key expression
 * @param distance how many routers are between
 */
record Traits(boolean complete, int distance) {
    static final Traits NONE = new Traits(false, 0);

    /** What is said of two together; either may be null, for none. The distance of a complete one counts more. */
    static Traits merged(Traits a, Traits b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        if (a.complete != b.complete) {
            return a.complete ? a : b;
        }
        return a.distance <= b.distance ? a : b;
    }

    Traits incomplete() {
        return complete ? new Traits(false, distance) : this;
    }
}

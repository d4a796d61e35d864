package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;

/** One answer to a query. */
public sealed interface Answer {
    /** A sample. */
    record Reply(Consolidation consolidation, Datum datum) implements Answer {}

    /**
     * Why there is no sample.
     *
     * @param source where it comes from, or null
     */
    record Failure(Encoding encoding, SourcePosition source, Bytes payload) implements Answer {}
}

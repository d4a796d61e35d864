package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;

/** What a publication or a reply carries. Fields may be null where it says so. */
public sealed interface Datum {
    /** When it was first seen, or null. */
    Timestamp timestamp();

    /** Where it comes from, or null. */
    SourcePosition source();

    /** What the user sent along, or null. */
    Bytes attachment();

    /**
     * A value.
     *
     * @param encoding what the payload is
     */
    record Put(Timestamp timestamp, Encoding encoding, SourcePosition source, Bytes attachment, Bytes payload)
            implements Datum {
        public static Put of(Bytes payload) {
            return new Put(null, Encoding.BYTES, null, null, payload);
        }
    }

    /** The end of a value. */
    record Delete(Timestamp timestamp, SourcePosition source, Bytes attachment) implements Datum {}
}

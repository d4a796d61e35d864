package io.vyra.zenoh.session;

import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.wire.Bytes;

/** One answer to a query. */
public sealed interface Reply {
    /** Who answered, or null when it did not say. */
    EntityId responder();

    /** A sample. */
    record Success(Sample sample, EntityId responder) implements Reply {}

    /** Why there is none. */
    record Failure(Encoding encoding, Bytes payload, EntityId responder) implements Reply {}
}

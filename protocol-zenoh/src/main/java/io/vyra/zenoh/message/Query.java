package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;

/**
 * What a request asks.
 *
 * @param parameters the selector's part after the question mark, empty for none
 * @param source where it comes from, or null
 * @param body the value sent along, or null
 * @param attachment what the user sent along, or null
 */
public record Query(
        Consolidation consolidation, String parameters, SourcePosition source, Body body, Bytes attachment) {
    /** A value sent along with a query. */
    public record Body(Encoding encoding, Bytes payload) {}
}

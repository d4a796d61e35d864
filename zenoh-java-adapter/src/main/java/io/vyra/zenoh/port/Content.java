package io.vyra.zenoh.port;

import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.wire.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * What travels with a sample, a query or a refusal.
 *
 * @param encoding what the payload is
 * @param attachmentOrNull what is sent along, or null
 */
public record Content(Bytes payload, Encoding encoding, Bytes attachmentOrNull) {
    /** Nothing. */
    public static final Content NONE = new Content(Bytes.EMPTY, Encoding.BYTES, null);

    public Content {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(encoding, "encoding");
    }

    /** UTF-8 that says it is text. */
    public static Content text(String text) {
        return new Content(Bytes.of(text), Encoding.TEXT_PLAIN, null);
    }

    public Content withAttachment(Bytes attachment) {
        return new Content(payload, encoding, attachment);
    }

    public Optional<Bytes> attachment() {
        return Optional.ofNullable(attachmentOrNull);
    }
}

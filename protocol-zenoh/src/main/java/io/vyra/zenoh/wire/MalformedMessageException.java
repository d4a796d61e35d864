package io.vyra.zenoh.wire;

/**
 * A peer sent bytes that are not valid in protocol 0x09. It is the only exception that decoding throws, whatever the bytes are.
 *
 * <p>Whoever reads from a peer closes that peer's session and no other.
 */
public final class MalformedMessageException extends RuntimeException {
    /**
     * @param message what was read and why it cannot be
     */
    public MalformedMessageException(String message) {
        super(message);
    }
}

package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.CloseReason;
import java.io.IOException;

/** Two nodes did not come to terms. */
public final class HandshakeException extends IOException {
    private final CloseReason reason;

    /**
     * @param reason what the peer is told
     */
    public HandshakeException(CloseReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What the peer is, or was, told. */
    public CloseReason reason() {
        return reason;
    }
}

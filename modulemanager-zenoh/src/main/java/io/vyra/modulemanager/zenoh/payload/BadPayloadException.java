package io.vyra.modulemanager.zenoh.payload;

/** A payload is not what its key promises. The message says why, and quotes nothing that could be large or secret. */
public final class BadPayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadPayloadException(String message) {
        super(message);
    }
}

package io.zenoh.exceptions;

/** What the native code reports: signatures of zenoh-java 1.10. */
public final class ZError extends Exception {
    private static final long serialVersionUID = 1;

    public ZError(String message) {
        super(message);
    }
}

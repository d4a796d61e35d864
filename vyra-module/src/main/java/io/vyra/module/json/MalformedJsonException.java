package io.vyra.module.json;

/** A text that is no JSON object, or beyond the limits; the message names the place. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String what, int place) {
        super("No JSON at character " + place + ": " + what);
    }
}

package io.zenoh.query;

import io.zenoh.exceptions.ZError;

/** What is asked for; its text is the selector: signatures of zenoh-java 1.10. */
public final class Selector implements AutoCloseable, IntoSelector {
    private Selector() {}

    public static Selector tryFrom(String text) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    @Override
    public Selector into() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

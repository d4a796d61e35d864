package io.zenoh.liveliness;

/** A token: signatures of zenoh-java 1.10. */
public final class LivelinessToken implements AutoCloseable {
    private LivelinessToken() {}

    @Override
    public void close() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

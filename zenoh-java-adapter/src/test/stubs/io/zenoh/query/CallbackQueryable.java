package io.zenoh.query;

/** A queryable that calls back: signatures of zenoh-java 1.10. */
public final class CallbackQueryable implements AutoCloseable {
    private CallbackQueryable() {}

    @Override
    public void close() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

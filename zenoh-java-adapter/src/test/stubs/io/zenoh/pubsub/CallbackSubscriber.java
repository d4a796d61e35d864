package io.zenoh.pubsub;

/** A subscriber that calls back: signatures of zenoh-java 1.10. */
public final class CallbackSubscriber implements AutoCloseable {
    private CallbackSubscriber() {}

    @Override
    public void close() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

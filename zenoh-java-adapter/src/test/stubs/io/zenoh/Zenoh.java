package io.zenoh;

import io.zenoh.exceptions.ZError;

/** Where zenoh-java begins: signatures of zenoh-java 1.10. */
public final class Zenoh {
    private Zenoh() {}

    public static Session open(Config config) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

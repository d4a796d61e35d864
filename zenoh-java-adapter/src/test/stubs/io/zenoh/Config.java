package io.zenoh;

import io.zenoh.exceptions.ZError;

/** How a session is opened: signatures of zenoh-java 1.10. */
public final class Config {
    private Config() {}

    public static Config fromJson5(String config) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

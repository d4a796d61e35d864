package io.zenoh.handlers;

import io.zenoh.ZenohType;

/** Is called with what arrives: signatures of zenoh-java 1.10. */
@FunctionalInterface
public interface Callback<T extends ZenohType> {
    void run(T value);
}

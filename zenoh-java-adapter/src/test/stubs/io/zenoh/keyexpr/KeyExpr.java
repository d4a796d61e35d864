package io.zenoh.keyexpr;

import io.zenoh.exceptions.ZError;
import io.zenoh.query.IntoSelector;
import io.zenoh.query.Selector;

/** A key expression, which is also a selector; its text is the expression: signatures of zenoh-java 1.10. */
public final class KeyExpr implements AutoCloseable, IntoSelector {
    private KeyExpr() {}

    public static KeyExpr tryFrom(String text) throws ZError {
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

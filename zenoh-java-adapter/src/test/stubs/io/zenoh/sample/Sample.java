package io.zenoh.sample;

import io.zenoh.ZenohType;
import io.zenoh.bytes.Encoding;
import io.zenoh.bytes.ZBytes;
import io.zenoh.keyexpr.KeyExpr;

/** A sample: signatures of zenoh-java 1.10. */
public final class Sample implements ZenohType {
    private Sample() {}

    public KeyExpr getKeyExpr() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public ZBytes getPayload() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public Encoding getEncoding() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public SampleKind getKind() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public ZBytes getAttachment() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

package io.zenoh.bytes;

/** A payload: signatures of zenoh-java 1.10. */
public final class ZBytes implements IntoZBytes {
    private ZBytes() {}

    public static ZBytes from(byte[] bytes) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public byte[] toBytes() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    @Override
    public ZBytes into() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}

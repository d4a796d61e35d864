package io.zenoh.bytes;

/** What can be a payload: signatures of zenoh-java 1.10. */
public interface IntoZBytes {
    ZBytes into();
}

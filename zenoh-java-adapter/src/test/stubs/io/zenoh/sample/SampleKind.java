package io.zenoh.sample;

/** What happened to a value: signatures of zenoh-java 1.10. */
public enum SampleKind {
    PUT,
    DELETE
}

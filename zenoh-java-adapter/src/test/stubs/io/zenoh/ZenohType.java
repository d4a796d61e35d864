package io.zenoh;

/** What callbacks are given: signatures of zenoh-java 1.10. */
public interface ZenohType {}

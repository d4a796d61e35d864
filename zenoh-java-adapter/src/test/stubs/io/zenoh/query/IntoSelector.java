package io.zenoh.query;

/** What can be asked for: signatures of zenoh-java 1.10. */
public interface IntoSelector {
    Selector into();
}

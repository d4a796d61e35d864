package io.vyra.zenoh.session;

/** Whether something reaches, or comes from, the same session, others, or both. */
public enum Locality {
    ANY,
    SESSION_LOCAL,
    REMOTE;

    boolean isLocal() {
        return this != REMOTE;
    }

    boolean isRemote() {
        return this != SESSION_LOCAL;
    }
}

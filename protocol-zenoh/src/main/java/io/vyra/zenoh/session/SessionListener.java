package io.vyra.zenoh.session;

import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.TransportEnd;

/** Hears of what happens to a session's connection, in order, on a thread of the session's. */
public interface SessionListener {
    /** Hears nothing. */
    SessionListener NONE = new SessionListener() {};

    /**
     * The session is connected and has declared all that it has.
     *
     * @param address where the peer is
     */
    default void connected(ZenohId peer, String address) {}

    /** The connection ended; the session tries to connect again unless it was closed. */
    default void disconnected(TransportEnd end) {}

    /** An attempt to connect failed; another one follows. */
    default void attemptFailed(String endpoint, Exception cause) {}

    /** A callback of a subscriber's or queryable's threw this. It is called again with what comes next. */
    default void callbackFailed(String key, Throwable cause) {}
}

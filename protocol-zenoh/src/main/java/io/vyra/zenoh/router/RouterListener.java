package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.transport.TransportEnd;

/** Hears of what happens in a router, on its threads: whoever waits there holds a face up. */
public interface RouterListener {
    /** Hears nothing. */
    RouterListener NONE = new RouterListener() {};

    /** A face is open: a client's, a session's of this process, or the upstream router's. */
    default void faceOpened(FaceStatus face) {}

    /**
     * A face is gone, and everything that it declared.
     *
     * @param end why; {@code ClosedHere(UNRESPONSIVE)} when it did not take what must not be dropped
     */
    default void faceClosed(FaceStatus face, TransportEnd end) {}

    /**
     * The rules refused something. Refused declarations and queries are each reported, refused publications once for each key until a face
     * joins or leaves.
     */
    default void refused(FaceStatus face, Action action, KeyExpression key) {}

    /** A face declared or asked more than it may. Reported once for each face; the rest is counted. */
    default void limitReached(FaceStatus face, String limit) {}

    /** Somebody who connected was not let in. */
    default void connectionRefused(String address, Exception cause) {}

    /** An attempt to connect to the upstream router failed; another one follows. */
    default void upstreamFailed(String endpoint, Exception cause) {}
}

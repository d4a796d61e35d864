package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A router for the clients of one robot. Thread-safe. */
public final class ZenohRouter implements AutoCloseable {
    private ZenohRouter() {}

    /**
     * Starts to listen, and to connect to the upstream router if there is one.
     *
     * @throws IOException when it cannot listen on an endpoint; the message says which and why
     */
    public static ZenohRouter open(RouterSettings settings, RouterListener listener) throws IOException {
        throw new UnsupportedOperationException("Not there yet");
    }

    /** Where it listens, with the real ports, in the order of the settings. */
    public List<Endpoint> endpoints() {
        throw new UnsupportedOperationException("Not there yet");
    }

    /**
     * Opens a session of this process, without a socket.
     *
     * @param settings its endpoints, TLS and credentials do not count
     */
    public ZenohSession openSession(SessionSettings settings, SessionListener listener) {
        throw new UnsupportedOperationException("Not there yet");
    }

    /** Everybody who is connected now. */
    public List<FaceStatus> faces() {
        throw new UnsupportedOperationException("Not there yet");
    }

    public RouterCounters counters() {
        throw new UnsupportedOperationException("Not there yet");
    }

    /**
     * Who asked a query that a session of {@link #openSession} received.
     *
     * @return the face's identity; nothing when the query is over, or its asker gone
     */
    public Optional<FaceIdentity> askerOf(IncomingQuery query) {
        throw new UnsupportedOperationException("Not there yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("Not there yet");
    }
}

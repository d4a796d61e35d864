package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.transport.TransportEnd;

/** Tells a router's listener, whose failures end nothing. */
final class Reports {
    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private final RouterListener listener;

    Reports(RouterListener listener) {
        this.listener = listener;
    }

    void faceOpened(FaceStatus face) {
        tell(() -> listener.faceOpened(face));
    }

    void faceClosed(FaceStatus face, TransportEnd end) {
        tell(() -> listener.faceClosed(face, end));
    }

    void refused(FaceStatus face, Action action, KeyExpression key) {
        tell(() -> listener.refused(face, action, key));
    }

    void limitReached(FaceStatus face, String limit) {
        tell(() -> listener.limitReached(face, limit));
    }

    void connectionRefused(String address, Exception cause) {
        tell(() -> listener.connectionRefused(address, cause));
    }

    void upstreamFailed(String endpoint, Exception cause) {
        tell(() -> listener.upstreamFailed(endpoint, cause));
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A listener of a Zenoh router failed", e);
        }
    }
}

package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.router.Action;
import io.vyra.zenoh.router.FaceStatus;
import io.vyra.zenoh.router.RouterListener;
import io.vyra.zenoh.transport.TransportEnd;
import org.jboss.logging.Logger;

/** Tells the log of what happens in the manager's router: who comes and goes, and, at most once a minute, what was refused. Thread-safe. */
public final class RouterJournal implements RouterListener {
    private static final Logger LOG = Logger.getLogger(RouterJournal.class);

    private final Refusals refusals;

    public RouterJournal(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void faceOpened(FaceStatus face) {
        LOG.debugf(
                "Face opened face=%s identity=%s node=%s address=%s",
                face.id(), face.identity(), face.node(), face.address());
    }

    @Override
    public void faceClosed(FaceStatus face, TransportEnd end) {
        LOG.debugf("Face closed face=%s identity=%s cause=%s", face.id(), face.identity(), end);
    }

    @Override
    public void refused(FaceStatus face, Action action, KeyExpression key) {
        refusals.add(key.toString(), action + " is not for " + face.identity());
    }

    @Override
    public void limitReached(FaceStatus face, String limit) {
        LOG.warnf("Face does too much face=%s identity=%s limit=%s", face.id(), face.identity(), limit);
    }

    @Override
    public void connectionRefused(String address, Exception cause) {
        refusals.add(address, "the connection was refused: " + cause.getMessage());
    }

    @Override
    public void upstreamFailed(String endpoint, Exception cause) {
        refusals.add(endpoint, "the upstream router cannot be reached: " + cause.getMessage());
    }
}

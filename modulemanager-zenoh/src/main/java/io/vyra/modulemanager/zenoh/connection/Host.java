package io.vyra.modulemanager.zenoh.connection;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.router.FaceIdentity;
import io.vyra.zenoh.router.ZenohRouter;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.ZenohSession;
import java.util.List;
import java.util.Optional;

/** What the manager is on the bus at the moment, and the session that comes with it. */
sealed interface Host {
    ZenohSession session();

    /** Where it listens, or what it dials. */
    List<Endpoint> endpoints();

    /** Who asked, as far as this side can know. */
    Optional<FaceIdentity> askerOf(IncomingQuery query);

    void close();

    /** The router of the robot. */
    record Router(ZenohRouter router, FaceLedger ledger, ZenohSession session) implements Host {
        @Override
        public List<Endpoint> endpoints() {
            return router.endpoints();
        }

        @Override
        public Optional<FaceIdentity> askerOf(IncomingQuery query) {
            return router.askerOf(query);
        }

        @Override
        public void close() {
            session.close();
            router.close();
        }
    }

    /**
     * A client of another router; who asks through that one is not known here.
     *
     * @param standsIn whether it stands in for a router of the manager's own, which cannot listen
     */
    record Client(List<Endpoint> endpoints, boolean standsIn, ZenohSession session) implements Host {
        @Override
        public Optional<FaceIdentity> askerOf(IncomingQuery query) {
            return Optional.empty();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}

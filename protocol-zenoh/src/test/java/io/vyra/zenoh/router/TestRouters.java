package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import java.io.IOException;
import java.time.Duration;

/** Routers on free ports of the loopback, and sessions of them. */
final class TestRouters {
    static final Endpoint ANY_PORT = new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", 0);
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private TestRouters() {}

    /** Settings of a router to which anybody may connect. */
    static RouterSettings settings() {
        return RouterSettings.of(RouterListenerSettings.open(ANY_PORT));
    }

    static ZenohRouter open() throws IOException {
        return ZenohRouter.open(settings(), RouterListener.NONE);
    }

    static Endpoint endpoint(ZenohRouter router) {
        return router.endpoints().getFirst();
    }

    static ZenohSession connect(ZenohRouter router) throws Exception {
        return ZenohSession.open(SessionSettings.client(endpoint(router)), PATIENCE);
    }

    /** A session of the router's own process, connected. */
    static ZenohSession attach(ZenohRouter router) throws Exception {
        ZenohSession session = router.openSession(SessionSettings.client(endpoint(router)), SessionListener.NONE);
        if (!session.awaitConnection(PATIENCE)) {
            throw new IllegalStateException("The session was not attached");
        }
        return session;
    }
}

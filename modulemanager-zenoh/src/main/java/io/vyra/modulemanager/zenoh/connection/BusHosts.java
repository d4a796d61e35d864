package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.router.PrefixOwnership;
import io.vyra.zenoh.router.RouterLimits;
import io.vyra.zenoh.router.RouterListener;
import io.vyra.zenoh.router.RouterListenerSettings;
import io.vyra.zenoh.router.RouterSettings;
import io.vyra.zenoh.router.UpstreamSettings;
import io.vyra.zenoh.router.ZenohRouter;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Makes routers and clients of what is configured. Thread-safe. */
final class BusHosts {
    private final BusSettings settings;
    private final ModuleId self;
    private final FaceRoles roles;
    private final InstantSource clock;
    private final ZenohId identity = ZenohId.random();

    BusHosts(BusSettings settings, ModuleId self, FaceRoles roles, InstantSource clock) {
        this.settings = settings;
        this.self = self;
        this.roles = roles;
        this.clock = clock;
    }

    ZenohId identity() {
        return identity;
    }

    /** @throws IOException when an endpoint cannot be listened on; the message says which and why */
    Host.Router router(RouterListener routerListener, SessionListener sessionListener) throws IOException {
        FaceLedger ledger = new FaceLedger(new PrefixOwnership(self.toString()), clock);
        RouterLimits usual = RouterLimits.DEFAULT;
        RouterSettings router = RouterSettings.of(
                        settings.listen().stream().map(this::listener).toArray(RouterListenerSettings[]::new))
                .withRules(ledger)
                .withLimits(new RouterLimits(
                        settings.faces(),
                        usual.declarationsPerFace(),
                        usual.declaredBytesPerFace(),
                        usual.upstreamDeclarations(),
                        usual.openQueriesPerFace(),
                        usual.waitingMessagesPerFace()))
                .withTransport(sized(WhatAmI.ROUTER, identity).withDropWait(Duration.ZERO));
        if (!settings.connect().isEmpty()) {
            router = router.withUpstream(UpstreamSettings.of(settings.connect().toArray(Endpoint[]::new))
                    .withTls(settings.clientTls().orElse(null))
                    .withCredentials(settings.credentials().orElse(null)));
        }
        ZenohRouter open = ZenohRouter.open(router, routerListener);
        SessionSettings own = SessionSettings.client(open.endpoints().toArray(Endpoint[]::new))
                .withTransport(sized(WhatAmI.CLIENT, ZenohId.random()));
        return new Host.Router(open, ledger, open.openSession(own, sessionListener));
    }

    private RouterListenerSettings listener(Endpoint endpoint) {
        TlsContext tls = endpoint.protocol() == Endpoint.Protocol.TLS
                ? settings.serverTls().orElse(null)
                : null;
        return settings.isOpen()
                ? new RouterListenerSettings(endpoint, tls, true, null)
                : RouterListenerSettings.authenticated(endpoint, tls, roles);
    }

    private TransportSettings sized(WhatAmI role, ZenohId node) {
        TransportSettings usual = TransportSettings.of(node, role);
        return usual.withSizes(usual.batchSize(), settings.largestMessage(), usual.queuedBatches());
    }

    /** @param standsIn whether for a router of its own that cannot listen */
    Host.Client client(List<Endpoint> endpoints, boolean standsIn, SessionListener listener) {
        SessionSettings session = SessionSettings.client(endpoints.toArray(Endpoint[]::new))
                .withTransport(sized(WhatAmI.CLIENT, identity))
                .withTls(settings.clientTls().orElse(null))
                .withCredentials(settings.credentials().orElse(null));
        return new Host.Client(endpoints, standsIn, ZenohSession.start(session, listener));
    }
}

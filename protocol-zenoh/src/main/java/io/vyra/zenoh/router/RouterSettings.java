package io.vyra.zenoh.router;

import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.TransportSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a router is told when it is opened.
 *
 * @param listeners where it listens; may be empty when only sessions of this process use it
 * @param upstreamOrNull the router whose client it is, or null
 * @param rules who may do what
 * @param limits how much clients may ask of it
 * @param transport who it is, and the sizes and times of its transports; its role is a router's
 * @param blockingTimeout how long it waits for room on the way to a face where a message blocks; the face is closed after that
 * @param queryTimeout how long a query is open that does not say how long its asker waits
 */
public record RouterSettings(
        List<RouterListenerSettings> listeners,
        UpstreamSettings upstreamOrNull,
        AccessRules rules,
        RouterLimits limits,
        TransportSettings transport,
        Duration blockingTimeout,
        Duration queryTimeout) {
    public RouterSettings {
        listeners = List.copyOf(listeners);
        if (transport.role() != WhatAmI.ROUTER) {
            throw new IllegalArgumentException("The role of a router is ROUTER, not " + transport.role());
        }
    }

    /**
     * The usual, without rules: a random identity, 2 s of waiting for a slow face, 10 s for a query. What may be dropped does not wait, so
     * that a stalled face costs the others nothing.
     */
    public static RouterSettings of(RouterListenerSettings... listeners) {
        return new RouterSettings(
                List.of(listeners),
                null,
                AccessRules.NONE,
                RouterLimits.DEFAULT,
                TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER).withDropWait(Duration.ZERO),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    /** The router whose client it is, if any. */
    public Optional<UpstreamSettings> upstream() {
        return Optional.ofNullable(upstreamOrNull);
    }

    public RouterSettings withUpstream(UpstreamSettings newUpstream) {
        return new RouterSettings(listeners, newUpstream, rules, limits, transport, blockingTimeout, queryTimeout);
    }

    public RouterSettings withRules(AccessRules newRules) {
        return new RouterSettings(
                listeners, upstreamOrNull, newRules, limits, transport, blockingTimeout, queryTimeout);
    }

    public RouterSettings withLimits(RouterLimits newLimits) {
        return new RouterSettings(
                listeners, upstreamOrNull, rules, newLimits, transport, blockingTimeout, queryTimeout);
    }

    public RouterSettings withTransport(TransportSettings newTransport) {
        return new RouterSettings(
                listeners, upstreamOrNull, rules, limits, newTransport, blockingTimeout, queryTimeout);
    }

    public RouterSettings withTimeouts(Duration newBlockingTimeout, Duration newQueryTimeout) {
        return new RouterSettings(
                listeners, upstreamOrNull, rules, limits, transport, newBlockingTimeout, newQueryTimeout);
    }
}

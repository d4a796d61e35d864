package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.link.LinkConnector;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.transport.HandshakeException;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportSettings;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Keeps a router connected to the one whose client it is. */
final class UpstreamConnector implements AutoCloseable {
    private final UpstreamSettings settings;
    private final TransportSettings transport;
    private final Exchange exchange;
    private final ScheduledExecutorService timer;
    private final LinkConnector connector;
    private volatile boolean isClosed;
    private Thread thread;

    UpstreamConnector(UpstreamSettings settings, Exchange exchange, ScheduledExecutorService timer) {
        this.settings = settings;
        this.transport = exchange.settings().transport().withRole(WhatAmI.CLIENT);
        this.exchange = exchange;
        this.timer = timer;
        this.connector = new LinkConnector(settings.tls());
    }

    void start() {
        thread = Thread.ofVirtual().name("zenoh-upstream").start(this::run);
    }

    private void run() {
        long wait = settings.shortestRetry().toNanos();
        try {
            while (!isClosed) {
                FaceHandler face = connect();
                if (face != null) {
                    wait = settings.shortestRetry().toNanos();
                    face.awaitEnd();
                }
                // Half of it is chance, so that many who lost one router do not come back at once.
                TimeUnit.NANOSECONDS.sleep(
                        wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
                wait = Math.min(wait * 2, settings.longestRetry().toNanos());
            }
        } catch (InterruptedException e) {
            // Closed: nobody waits for this thread.
        }
    }

    private FaceHandler connect() {
        for (Endpoint endpoint : settings.endpoints()) {
            try {
                Link link = connector.connect(endpoint, settings.connectTimeout());
                Transport open = Transport.initiate(link, transport, settings.credentials(), timer);
                if (open.peerRole() != WhatAmI.ROUTER) {
                    open.close(CloseReason.UNSUPPORTED);
                    throw new HandshakeException(
                            CloseReason.UNSUPPORTED, endpoint + " is a " + open.peerRole() + ", not a router");
                }
                return exchange.join(open, new FaceIdentity.Upstream());
            } catch (IOException | RuntimeException e) {
                exchange.reports().upstreamFailed(endpoint.toString(), e);
            }
        }
        return null;
    }

    @Override
    public void close() {
        isClosed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}

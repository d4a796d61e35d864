package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.link.MemoryLink;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A router for the clients of one robot. It routes publications, queries, replies and liveliness tokens between the sessions that connect to
 * it, those of this process, and one upstream router if it is told of one. Thread-safe.
 *
 * <p>A face that dies takes everything with it that it declared. A face that is slow holds up nobody for longer than
 * {@link RouterSettings#blockingTimeout}: what may be dropped is dropped, and who does not take what must not be is closed.
 */
public final class ZenohRouter implements AutoCloseable {
    private final RouterSettings settings;
    private final ScheduledThreadPoolExecutor timer;
    private final Exchange exchange;
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final Optional<UpstreamConnector> upstream;

    private ZenohRouter(RouterSettings settings, RouterListener listener) {
        this.settings = settings;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("zenoh-router-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.exchange = new Exchange(settings, new Reports(listener), timer);
        this.upstream = settings.upstream().map(it -> new UpstreamConnector(it, exchange, timer));
    }

    /**
     * Starts to listen, and to connect to the upstream router if there is one.
     *
     * @throws IOException when it cannot listen on an endpoint; the message says which and why
     */
    public static ZenohRouter open(RouterSettings settings, RouterListener listener) throws IOException {
        ZenohRouter router = new ZenohRouter(settings, listener);
        try {
            for (RouterListenerSettings each : settings.listeners()) {
                router.acceptors.add(new Acceptor(each, router.exchange, router.timer));
            }
        } catch (IOException e) {
            router.close();
            throw e;
        }
        router.acceptors.forEach(Acceptor::start);
        router.upstream.ifPresent(UpstreamConnector::start);
        return router;
    }

    /** Where it listens, with the real ports, in the order of the settings. */
    public List<Endpoint> endpoints() {
        return acceptors.stream().map(Acceptor::endpoint).toList();
    }

    /**
     * Opens a session of this process, without a socket. It is a face like any other, but known as {@link FaceIdentity.Local}.
     *
     * @param sessionSettings its endpoints, TLS and credentials do not count
     */
    public ZenohSession openSession(SessionSettings sessionSettings, SessionListener listener) {
        return ZenohSession.start(sessionSettings.withTls(null).withCredentials(null), (_, _) -> attach(), listener);
    }

    /** A link whose other end becomes a face. */
    private Link attach() {
        MemoryLink.Pair pair = MemoryLink.pair();
        Thread.ofVirtual().name("zenoh-attach").start(() -> {
            try {
                Transport transport = Transport.accept(pair.there(), settings.transport(), null, timer);
                exchange.join(transport, new FaceIdentity.Local());
            } catch (IOException | RuntimeException e) {
                pair.there().close();
                exchange.reports().connectionRefused(pair.there().peer(), e);
            }
        });
        return pair.here();
    }

    /** Everybody who is connected now. */
    public List<FaceStatus> faces() {
        return exchange.statuses();
    }

    /**
     * What they declared, in the order in which they came and did so.
     *
     * @param most how much of it is wanted; how much there is, {@link #faces} tells
     */
    public List<FaceDeclaration> declarations(int most) {
        return exchange.table().declarations(most);
    }

    public RouterCounters counters() {
        return exchange.counters();
    }

    /**
     * Who asked a query that a session of {@link #openSession} received. The router knows by the number that it gave the query itself; nothing
     * that a client sends has a part in it.
     *
     * @return the face's identity, {@link FaceIdentity.Local} for a session's own query; nothing when the query is over or its asker gone
     */
    public Optional<FaceIdentity> askerOf(IncomingQuery query) {
        return query.requestNumber().isEmpty()
                ? Optional.of(new FaceIdentity.Local())
                : exchange.askerOf(query.requestNumber().getAsInt());
    }

    /** Lets nobody in any more, says goodbye to everybody, and waits for that, for about a second at most. */
    @Override
    public void close() {
        acceptors.forEach(Acceptor::close);
        upstream.ifPresent(UpstreamConnector::close);
        exchange.faces().close();
        timer.shutdownNow();
    }
}

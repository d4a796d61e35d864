package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.TransportEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The manager on the bus, whatever it is there: the router of its robot, or a client of one.
 *
 * <p>A router that cannot listen stops nobody. Most often another router has the port, and modules find that one: the manager is its client
 * for as long as it is there, and listens itself as soon as it can.
 *
 * <p>Thread-safe. All changes happen on one thread of its own.
 */
public final class BusConnection implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BusConnection.class);
    private static final Duration LISTEN_AGAIN_AFTER = Duration.ofSeconds(5);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final BusSettings settings;
    private final BusHosts hosts;
    private final FaceRoles roles;
    private final InstantSource clock;
    private final RouterJournal journal;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("bus").factory());
    private volatile List<BusPart> parts = List.of();
    private volatile Optional<Host> host = Optional.empty();
    private volatile Condition condition;
    private final AtomicLong lostConnections = new AtomicLong();
    /** Of sessions; touched by the connection's thread only. */
    private long generations;

    /**
     * @param isConnected as {@link io.vyra.modulemanager.bus.BusStatus.Snapshot#connected}
     * @param reason      why not; empty when it is
     */
    record Condition(boolean isConnected, Instant since, String reason) {}

    /** @param self whose prefix is the manager's alone */
    public BusConnection(
            BusSettings settings, ModuleId self, FaceRoles roles, RouterJournal journal, InstantSource clock) {
        this.settings = settings;
        this.hosts = new BusHosts(settings, self, roles, clock);
        this.roles = roles;
        this.journal = journal;
        this.clock = clock;
        this.condition = new Condition(false, clock.instant(), "it was not started yet");
    }

    /** Takes up the connection, and has these use it. Called once; returns when a router listens, or cannot, and does not wait for others. */
    public void start(List<BusPart> users) {
        parts = List.copyOf(users);
        try {
            thread.submit(this::open).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Whatever it is, the robot runs without a bus.
            LOG.errorf(e.getCause(), "Bus not started");
        }
    }

    private void open() {
        switch (settings.mode()) {
            case ROUTER -> listen();
            case CLIENT -> become(hosts.client(settings.connect(), false, new Session()));
        }
    }

    private void listen() {
        try {
            Host.Router router = hosts.router(journal, new Session());
            LOG.infof(
                    "Bus listens endpoints=%s upstream=%s open=%s",
                    router.endpoints(), settings.connect(), settings.isOpen());
            become(router);
            changed(true, "");
        } catch (IOException e) {
            standIn(e);
        }
    }

    private void standIn(IOException why) {
        LOG.warnf(
                "Bus cannot listen, so it is a client of the router that is there endpoints=%s cause=%s",
                settings.listen(), why.getMessage());
        changed(false, why.getMessage() + ", and no router answers there");
        become(hosts.client(settings.listen(), true, new Session()));
        thread.schedule(this::listenAgain, LISTEN_AGAIN_AFTER.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** As long as it is connected to the router that is there, nothing changes: modules are connected to that one, too. */
    private void listenAgain() {
        if (condition.isConnected()) {
            thread.schedule(this::listenAgain, LISTEN_AGAIN_AFTER.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        try {
            Host.Router router = hosts.router(journal, new Session());
            LOG.infof("Bus listens now endpoints=%s", router.endpoints());
            become(router);
            changed(true, "");
        } catch (IOException e) {
            thread.schedule(this::listenAgain, LISTEN_AGAIN_AFTER.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void become(Host next) {
        Optional<Host> before = host;
        before.ifPresent(it -> parts.forEach(BusPart::detach));
        host = Optional.of(next);
        before.ifPresent(Host::close);
        parts.forEach(part -> part.attach(next.session()));
    }

    private void changed(boolean isConnected, String reason) {
        Condition now = condition;
        if (now.isConnected() && !isConnected) {
            lostConnections.incrementAndGet();
        }
        if (now.isConnected() != isConnected) {
            condition = new Condition(isConnected, clock.instant(), reason);
        } else if (!now.reason().equals(reason)) {
            condition = new Condition(isConnected, now.since(), reason);
        }
    }

    /** The session, while it is connected. */
    public Optional<ZenohSession> connected() {
        return condition.isConnected() ? host.map(Host::session) : Optional.empty();
    }

    /** Why it is not connected, in words; empty while it is. */
    public String whyNot() {
        return condition.reason();
    }

    /** As whom a query is asked; everybody is anonymous where the manager is the client of another router. */
    public Caller callerOf(IncomingQuery query) {
        return host.flatMap(it -> it.askerOf(query)).map(roles::callerOf).orElse(FaceRoles.ANYBODY);
    }

    Optional<Host> host() {
        return host;
    }

    Condition condition() {
        return condition;
    }

    ZenohId identity() {
        return hosts.identity();
    }

    /** Where it listens or what it dials, also when it has not come to that yet. */
    List<Endpoint> endpoints() {
        return host.map(Host::endpoints)
                .orElse(settings.mode() == ZenohConfiguration.Mode.ROUTER ? settings.listen() : settings.connect());
    }

    /**
     * Where modules of this machine find the bus: the router here, or the one that the manager is a client of itself. TCP comes first, because
     * TLS takes certificates that a module may not have.
     */
    public List<String> routers() {
        return endpoints().stream()
                .filter(endpoint -> endpoint.port() != 0)
                .sorted(Comparator.comparing(Endpoint::protocol))
                .map(BusConnection::fromHere)
                .toList();
    }

    /** A listener on every address is reached on the loopback one. */
    private static String fromHere(Endpoint endpoint) {
        String loopback = switch (endpoint.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "0:0:0:0:0:0:0:0" -> "::1";
            default -> endpoint.host();
        };
        return new Endpoint(endpoint.protocol(), loopback, endpoint.port()).toString();
    }

    /** The router upstream, for people; empty when there is none. */
    String upstream() {
        return settings.mode() == ZenohConfiguration.Mode.ROUTER
                ? String.join(
                        ", ", settings.connect().stream().map(Object::toString).toList())
                : "";
    }

    long lostConnections() {
        return lostConnections.get();
    }

    /** Ends everything. */
    @Override
    public void close() {
        Future<?> end = thread.submit(() -> {
            host.ifPresent(it -> {
                parts.forEach(BusPart::detach);
                it.close();
            });
            host = Optional.empty();
            changed(false, "it was closed");
        });
        try {
            end.get(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("Bus not closed in an orderly way cause=%s", e);
        } finally {
            thread.shutdownNow();
        }
    }

    /** Hears of one session; what an earlier one still says does not count. */
    private final class Session implements SessionListener {
        private final long generation = ++generations;
        private volatile boolean wasConnected;

        @Override
        public void connected(ZenohId peer, String address) {
            LOG.infof("Bus connected router=%s address=%s again=%s", peer, address, wasConnected);
            wasConnected = true;
            execute(() -> {
                changed(true, "");
                parts.forEach(BusPart::connected);
            });
        }

        @Override
        public void disconnected(TransportEnd end) {
            if (end instanceof TransportEnd.ClosedHere) {
                LOG.debugf("Bus closed cause=%s", end);
            } else {
                LOG.warnf("Bus disconnected cause=%s", end);
            }
            execute(() -> changed(false, "the connection ended: " + end));
        }

        @Override
        public void attemptFailed(String endpoint, Exception cause) {
            String reason = endpoint + " cannot be reached: " + cause.getMessage();
            if (!reason.equals(condition.reason())) {
                LOG.warnf("Bus not connected cause=%s", reason);
            }
            execute(() -> changed(false, reason));
        }

        @Override
        public void callbackFailed(String key, Throwable cause) {
            LOG.errorf(cause, "Bus callback broke key=%s", key);
        }

        private void execute(Runnable change) {
            try {
                thread.execute(() -> {
                    if (generation == generations) {
                        change.run();
                    }
                });
            } catch (RejectedExecutionException e) {
                // The connection was closed meanwhile: nobody wants to know any more.
            }
        }
    }
}

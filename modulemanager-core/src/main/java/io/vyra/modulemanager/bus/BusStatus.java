package io.vyra.modulemanager.bus;

import io.vyra.modulemanager.module.ModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the manager's bus is doing, for people and for metrics. Thread-safe; reads memory only, and never waits for the network. */
public interface BusStatus {

    /** How it is now. */
    Snapshot snapshot();

    /** What the manager is on the bus. */
    enum Mode {
        /** Modules connect to the manager, which carries their messages. */
        ROUTER,
        /** The manager connects to a router as the modules do. */
        CLIENT,
        /** Switched off. */
        OFF;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param connected as a router: it listens; as a client: it has a session with a router; off: never
     * @param since when {@code connected} became what it is
     * @param reason why it is not connected, in words; empty while it is
     * @param identity the manager's Zenoh id, hexadecimal digits; empty while off
     * @param endpoints where it listens (router) or what it dials (client), for example {@code tcp/127.0.0.1:7447}
     * @param upstream the router beyond this one that a router is connected to
     * @param faces who is connected now, in the order they came
     * @param routes what they declared and the manager itself did, at most as many as the implementation keeps for showing
     * @param routeCount how many there are, {@code routes} being cut
     * @param modules by module, since the manager started: of modules that left, too, until they are removed
     */
    record Snapshot(
            Mode mode,
            boolean connected,
            Instant since,
            String reason,
            String identity,
            List<String> endpoints,
            Optional<Upstream> upstream,
            List<Face> faces,
            List<Route> routes,
            int routeCount,
            Map<ModuleId, Traffic> modules,
            Counters counters) {
        public Snapshot {
            endpoints = List.copyOf(endpoints);
            faces = List.copyOf(faces);
            routes = List.copyOf(routes);
            modules = Map.copyOf(modules);
        }

        /** A bus that is switched off. */
        public static Snapshot off(Instant since, String reason) {
            return new Snapshot(
                    Mode.OFF,
                    false,
                    since,
                    reason,
                    "",
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    0,
                    Map.of(),
                    Counters.NONE);
        }
    }

    /** @param endpoint what is dialled, for example {@code tcp/10.0.0.2:7447} */
    record Upstream(String endpoint, boolean connected, Instant since) {}

    /**
     * One connection.
     *
     * @param id counts up with every connection, never used again
     * @param identity Zenoh id of the other side, hexadecimal digits
     * @param kind {@code client}, {@code peer} or {@code router}: what the other side says it is
     * @param address of the other side, for example {@code 127.0.0.1:51234}
     * @param user the name it authenticated with
     * @param module whose prefix it declared under
     * @param traffic messages it published and received
     * @param dropped messages for it that were dropped because it reads too slowly
     */
    record Face(
            long id,
            String identity,
            String kind,
            String address,
            Optional<String> user,
            Optional<ModuleId> module,
            Instant since,
            Traffic traffic,
            long dropped) {}

    /**
     * Something declared, and so where messages go.
     *
     * @param face whose declaration it is; empty for the manager's own
     */
    record Route(RouteKind kind, String key, Optional<Long> face) {}

    /** What can be declared. */
    enum RouteKind {
        SUBSCRIBER,
        QUERYABLE,
        TOKEN;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * As the module sees it: what it put on the bus (publications, queries, replies), and what the bus gave to it. Each only grows.
     */
    record Traffic(long published, long received) {
        public static final Traffic NONE = new Traffic(0, 0);
    }

    /**
     * Since the manager started.
     *
     * @param dropped messages given up because a reader or a connection was too slow
     * @param reconnects connections that were lost and made again, to a router only
     * @param refused connections, declarations and messages that a rule, a limit or a lacking password kept out
     * @param malformed messages that were no message, or whose payload was not what its key promises
     */
    record Counters(long dropped, long reconnects, long refused, long malformed) {
        public static final Counters NONE = new Counters(0, 0, 0, 0);
    }
}

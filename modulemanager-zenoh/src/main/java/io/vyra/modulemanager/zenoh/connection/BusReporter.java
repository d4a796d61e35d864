package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.router.Action;
import io.vyra.zenoh.router.FaceId;
import io.vyra.zenoh.router.FaceIdentity;
import io.vyra.zenoh.router.FaceStatus;
import io.vyra.zenoh.router.RouterCounters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts together what people want to know of the bus. Thread-safe. */
public final class BusReporter implements BusStatus {
    /** Routes shown at most. */
    private static final int ROUTES = 1_000;

    private final BusConnection connection;
    private final TrafficMeter traffic;
    private final Refusals refusals;
    private final Predicate<ModuleId> isInstalled;

    public BusReporter(
            BusConnection connection, TrafficMeter traffic, Refusals refusals, Predicate<ModuleId> isInstalled) {
        this.connection = connection;
        this.traffic = traffic;
        this.refusals = refusals;
        this.isInstalled = isInstalled;
    }

    @Override
    public Snapshot snapshot() {
        Optional<Host> host = connection.host();
        BusConnection.Condition condition = connection.condition();
        Optional<Host.Router> router =
                host.filter(Host.Router.class::isInstance).map(Host.Router.class::cast);
        List<Face> faces = router.map(this::faces).orElse(List.of());
        List<Route> routes = router.map(BusReporter::routes).orElse(List.of());
        return new Snapshot(
                router.isPresent() ? Mode.ROUTER : Mode.CLIENT,
                condition.isConnected(),
                condition.since(),
                condition.reason(),
                connection.identity().toString(),
                connection.endpoints().stream().map(Object::toString).toList(),
                upstream(router),
                faces,
                routes,
                router.map(BusReporter::routeCount).orElse(0),
                traffic.read(isInstalled),
                counters(host, router));
    }

    private static List<Route> routes(Host.Router router) {
        return router.router().declarations(ROUTES).stream()
                .map(it -> new Route(
                        kind(it.what()),
                        it.key().toString(),
                        it.identity() instanceof FaceIdentity.Local
                                ? Optional.empty()
                                : Optional.of(it.face().number())))
                .toList();
    }

    private static RouteKind kind(Action declared) {
        return switch (declared) {
            case DECLARE_SUBSCRIBER -> RouteKind.SUBSCRIBER;
            case DECLARE_QUERYABLE -> RouteKind.QUERYABLE;
            case DECLARE_TOKEN -> RouteKind.TOKEN;
            case PUBLISH, QUERY -> throw new IllegalStateException(declared + " declares nothing");
        };
    }

    private static int routeCount(Host.Router router) {
        return router.router().faces().stream()
                .mapToInt(face -> face.subscribers() + face.queryables() + face.tokens())
                .sum();
    }

    private Optional<Upstream> upstream(Optional<Host.Router> router) {
        return router.filter(_ -> !connection.upstream().isEmpty())
                .map(it -> new Upstream(
                        connection.upstream(),
                        it.router().counters().isUpstreamConnected(),
                        connection.condition().since()));
    }

    private List<Face> faces(Host.Router router) {
        Map<FaceId, FaceLedger.Entry> entries = router.ledger().entries();
        return router.router().faces().stream()
                .filter(face -> !(face.identity() instanceof FaceIdentity.Local))
                .map(face -> face(face, Optional.ofNullable(entries.get(face.id()))))
                .toList();
    }

    private Face face(FaceStatus face, Optional<FaceLedger.Entry> entry) {
        return new Face(
                face.id().number(),
                face.node().toString(),
                face.identity() instanceof FaceIdentity.Upstream ? "router" : "client",
                face.address(),
                user(face.identity()),
                entry.flatMap(FaceLedger.Entry::module),
                entry.map(FaceLedger.Entry::since).orElse(connection.condition().since()),
                new Traffic(
                        face.transport().receivedMessages(), face.transport().sentMessages()),
                face.droppedPublications());
    }

    private static Optional<String> user(FaceIdentity identity) {
        return switch (identity) {
            case FaceIdentity.User(String name) -> Optional.of(name);
            case FaceIdentity.Certificate(String name) -> Optional.of(name);
            case FaceIdentity.Local _, FaceIdentity.Anonymous _, FaceIdentity.Upstream _ -> Optional.empty();
        };
    }

    private Counters counters(Optional<Host> host, Optional<Host.Router> router) {
        long ownDrops = host.map(it -> it.session().counters())
                .map(it -> it.droppedIncoming() + it.droppedOutgoing())
                .orElse(0L);
        Optional<RouterCounters> counted = router.map(it -> it.router().counters());
        long reconnects = connection.lostConnections()
                + counted.map(it -> Math.max(0, it.upstreamConnections() - 1)).orElse(0L);
        return new Counters(
                ownDrops + counted.map(RouterCounters::droppedPublications).orElse(0L),
                reconnects,
                counted.map(BusReporter::refused).orElse(0L),
                refusals.count());
    }

    private static long refused(RouterCounters counters) {
        return counters.refusedConnections()
                + counters.refusedDeclarations()
                + counters.refusedPublications()
                + counters.refusedQueries()
                + counters.limitedDeclarations();
    }
}

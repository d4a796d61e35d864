package io.vyra.modulemanager.api.bus;

import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.module.ModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The bus as the API shows it. */
public record BusBody(
        String mode,
        boolean connected,
        Instant since,
        String reason,
        String identity,
        List<String> endpoints,
        Upstream upstream,
        List<Face> faces,
        List<Route> routes,
        int routeCount,
        Map<String, BusStatus.Traffic> modules,
        BusStatus.Counters counters) {

    public record Upstream(String endpoint, boolean connected, Instant since) {}

    public record Face(
            long id,
            String identity,
            String kind,
            String address,
            String user,
            String module,
            Instant since,
            long published,
            long received,
            long dropped) {}

    public record Route(String kind, String key, Long face) {}

    /** @param maySee whether the reader may know of the module with this id */
    static BusBody of(BusStatus.Snapshot bus, Predicate<String> maySee) {
        Predicate<ModuleId> isShown = module -> maySee.test(module.toString());
        return new BusBody(
                bus.mode().wire(),
                bus.connected(),
                bus.since(),
                bus.reason(),
                bus.identity(),
                bus.endpoints(),
                bus.upstream()
                        .map(it -> new Upstream(it.endpoint(), it.connected(), it.since()))
                        .orElse(null),
                bus.faces().stream()
                        .filter(face -> face.module().map(isShown::test).orElse(true))
                        .map(BusBody::face)
                        .toList(),
                bus.routes().stream()
                        .filter(route -> maySee.test(firstSegment(route.key())))
                        .map(route -> new Route(
                                route.kind().wire(), route.key(), route.face().orElse(null)))
                        .toList(),
                bus.routeCount(),
                bus.modules().entrySet().stream()
                        .filter(module -> isShown.test(module.getKey()))
                        .collect(Collectors.toMap(
                                module -> module.getKey().toString(),
                                Map.Entry::getValue,
                                (one, _) -> one,
                                TreeMap::new)),
                bus.counters());
    }

    /** The prefix that a module declares under is its id. */
    private static String firstSegment(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private static Face face(BusStatus.Face face) {
        return new Face(
                face.id(),
                face.identity(),
                face.kind(),
                face.address(),
                face.user().orElse(null),
                face.module().map(ModuleId::toString).orElse(null),
                face.since(),
                face.traffic().published(),
                face.traffic().received(),
                face.dropped());
    }
}

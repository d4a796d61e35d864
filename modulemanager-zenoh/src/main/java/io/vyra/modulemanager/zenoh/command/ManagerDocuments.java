package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The manager's bus, feeds, users and problems, as {@code openapi.yaml} has them. Thread-safe. */
final class ManagerDocuments {
    private final Documents documents;

    ManagerDocuments(Documents documents) {
        this.documents = documents;
    }

    /** @param isVisible whether the reader may know of the module with this id; the counts of everything are for everybody */
    ObjectNode bus(BusStatus.Snapshot bus, Predicate<String> isVisible) {
        ObjectNode body = documents
                .object()
                .put("mode", bus.mode().wire())
                .put("connected", bus.connected())
                .put("since", bus.since().toString())
                .put("reason", bus.reason())
                .put("identity", bus.identity());
        body.set("endpoints", documents.texts(bus.endpoints()));
        putUpstream(body, bus.upstream());
        ArrayNode faces = body.putArray("faces");
        bus.faces().stream()
                .filter(face -> face.module()
                        .map(ModuleId::toString)
                        .filter(isVisible.negate())
                        .isEmpty())
                .forEach(face -> faces.add(face(face)));
        ArrayNode routes = body.putArray("routes");
        bus.routes().stream()
                .filter(route -> isVisible.test(firstSegment(route.key())))
                .forEach(route -> routes.addObject()
                        .put("kind", route.kind().wire())
                        .put("key", route.key())
                        .put("face", route.face().orElse(null)));
        body.put("route_count", bus.routeCount());
        ObjectNode modules = body.putObject("modules");
        new TreeMap<>(bus.modules()).forEach((module, traffic) -> {
            if (isVisible.test(module.toString())) {
                modules.putObject(module.toString())
                        .put("published", traffic.published())
                        .put("received", traffic.received());
            }
        });
        body.putObject("counters")
                .put("dropped", bus.counters().dropped())
                .put("reconnects", bus.counters().reconnects())
                .put("refused", bus.counters().refused())
                .put("malformed", bus.counters().malformed());
        return body;
    }

    private static void putUpstream(ObjectNode body, Optional<BusStatus.Upstream> upstream) {
        if (upstream.isEmpty()) {
            body.putNull("upstream");
            return;
        }
        body.putObject("upstream")
                .put("endpoint", upstream.get().endpoint())
                .put("connected", upstream.get().connected())
                .put("since", upstream.get().since().toString());
    }

    private ObjectNode face(BusStatus.Face face) {
        return documents
                .object()
                .put("id", face.id())
                .put("identity", face.identity())
                .put("kind", face.kind())
                .put("address", face.address())
                .put("user", face.user().orElse(null))
                .put("module", face.module().map(ModuleId::toString).orElse(null))
                .put("since", face.since().toString())
                .put("published", face.traffic().published())
                .put("received", face.traffic().received())
                .put("dropped", face.dropped());
    }

    /** The prefix that a module declares under is its id. */
    private static String firstSegment(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    ObjectNode feedEntry(FeedEvent.Entry event) {
        return documents
                .object()
                .put("id", String.valueOf(event.id()))
                .put("at", event.at().toString())
                .put("kind", event.entry().kind().wire())
                .put("module_id", event.entry().moduleId())
                .put("message", event.entry().message())
                .put("detail", event.entry().detail());
    }

    ObjectNode user(Account account) {
        return documents
                .object()
                .put("username", account.username())
                .put("role", account.role().wire())
                .put("must_change_password", account.mustChangePassword())
                .put("created_at", account.createdAt().toString());
    }

    ObjectNode problemType(ProblemType type) {
        return documents
                .object()
                .put("code", type.code())
                .put("status", type.status())
                .put("title", type.title())
                .put("remedy", type.remedy());
    }
}

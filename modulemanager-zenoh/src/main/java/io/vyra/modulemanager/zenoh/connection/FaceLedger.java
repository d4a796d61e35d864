package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.bus.BusStatus.Route;
import io.vyra.modulemanager.bus.BusStatus.RouteKind;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.zenoh.bus.ModuleKeys;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.router.AccessRules;
import io.vyra.zenoh.router.Action;
import io.vyra.zenoh.router.FaceId;
import io.vyra.zenoh.router.FaceIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers of a router's faces what people want to know: whose module each is, since when, and what it declared. Decides nothing: it
 * stands before the rules that do. Thread-safe.
 */
final class FaceLedger implements AccessRules {
    /** Routes kept of each face for showing. */
    private static final int ROUTES_OF_A_FACE = 100;

    private static final class Page {
        final Instant since;
        Optional<ModuleId> module = Optional.empty();
        final Set<Route> routes = new LinkedHashSet<>();

        Page(Instant since) {
            this.since = since;
        }
    }

    /**
     * @param routes what it declared since it came, what it took back included: the rules are not told of that. At most
     *     {@value #ROUTES_OF_A_FACE}
     */
    record Entry(Instant since, Optional<ModuleId> module, List<Route> routes) {}

    private final AccessRules rules;
    private final InstantSource clock;
    private final Map<FaceId, Page> pages = new LinkedHashMap<>();

    FaceLedger(AccessRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public boolean allows(FaceIdentity face, FaceId id, Action action, KeyExpression key) {
        boolean isAllowed = rules.allows(face, id, action, key);
        if (isAllowed) {
            note(id, action, key);
        }
        return isAllowed;
    }

    private synchronized void note(FaceId id, Action action, KeyExpression key) {
        Page page = pages.computeIfAbsent(id, _ -> new Page(clock.instant()));
        if (page.module.isEmpty() && action != Action.DECLARE_SUBSCRIBER && action != Action.QUERY) {
            page.module = ModuleKeys.moduleOf(key);
        }
        kind(action).ifPresent(kind -> {
            if (page.routes.size() < ROUTES_OF_A_FACE) {
                page.routes.add(new Route(kind, key.toString(), Optional.of(id.number())));
            }
        });
    }

    private static Optional<RouteKind> kind(Action action) {
        return switch (action) {
            case DECLARE_SUBSCRIBER -> Optional.of(RouteKind.SUBSCRIBER);
            case DECLARE_QUERYABLE -> Optional.of(RouteKind.QUERYABLE);
            case DECLARE_TOKEN -> Optional.of(RouteKind.TOKEN);
            case PUBLISH, QUERY -> Optional.empty();
        };
    }

    @Override
    public void joined(FaceIdentity face, FaceId id) {
        synchronized (this) {
            pages.put(id, new Page(clock.instant()));
        }
        rules.joined(face, id);
    }

    @Override
    public void left(FaceId id) {
        rules.left(id);
        synchronized (this) {
            pages.remove(id);
        }
    }

    synchronized Map<FaceId, Entry> entries() {
        Map<FaceId, Entry> entries = new HashMap<>();
        pages.forEach((id, page) -> entries.put(id, new Entry(page.since, page.module, List.copyOf(page.routes))));
        return entries;
    }
}

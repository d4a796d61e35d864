package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Where one face's publications go, so that it is found out once for each key and change. Each face has its own, so that nobody's keys push
 * out another's; its reading thread uses it.
 */
final class RouteCache {
    private static final int CACHED = 4096;

    /**
     * Where a key's publications go.
     *
     * @param isAllowed whether they may be published
     * @param numbers   what each of the faces knows the key by, 0 for nothing; changed as they are told
     */
    record Route(boolean isAllowed, Face[] faces, int[] numbers) {
        static final Route REFUSED = new Route(false, new Face[0], new int[0]);
    }

    private final Function<KeyExpression, Route> finder;
    private final Map<KeyExpression, Route> routes = new HashMap<>();
    private long version = -1;
    private KeyExpression lastKey;
    private Route lastRoute;

    RouteCache(Function<KeyExpression, Route> finder) {
        this.finder = finder;
    }

    /**
     * The route of a key.
     *
     * @param current the routing table's version, read before the route is found, so that what changes meanwhile is noticed
     */
    Route of(KeyExpression key, long current) {
        if (current != version) {
            routes.clear();
            lastKey = null;
            version = current;
        }
        if (key == lastKey) {
            return lastRoute;
        }
        Route route = routes.get(key);
        if (route == null) {
            if (routes.size() >= CACHED) {
                routes.clear();
            }
            route = finder.apply(key);
            routes.put(key, route);
        }
        lastKey = key;
        lastRoute = route;
        return route;
    }
}

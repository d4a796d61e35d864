package io.vyra.modulemanager.ros2.connection;

import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.graph.ServiceClient;
import io.vyra.ros2.idl.TypeName;
import java.util.LinkedHashMap;
import java.util.Map;

/** Clients of services that were called lately. More are kept than calls can be under way, so that none is closed under a call. Thread-safe. */
public final class OpenClients {
    private static final int MOST = 64;

    private final Map<Key, ServiceClient> open = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Key(String service, TypeName type) {}

    public synchronized ServiceClient open(RosNode node, String service, TypeName type) {
        Key key = new Key(service, type);
        ServiceClient known = open.get(key);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST) {
            Key eldest = open.keySet().iterator().next();
            open.remove(eldest).close();
        }
        ServiceClient made = node.createClient(service, type);
        open.put(key, made);
        return made;
    }

    /** Their node ends, and ends them. */
    public synchronized void clear() {
        open.clear();
    }
}

package io.vyra.modulemanager.ros2.connection;

import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.ServiceCaller;
import io.vyra.ros2.idl.TypeName;
import java.util.LinkedHashMap;
import java.util.Map;

/** Clients of services that were called lately. More are kept than calls can be under way, so that none is closed under a call. Thread-safe. */
public final class OpenClients {
    private static final int MOST = 64;

    private final Map<Key, ServiceCaller> open = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Key(String service, TypeName type) {}

    public synchronized ServiceCaller open(RosPort port, String service, TypeName type) {
        Key key = new Key(service, type);
        ServiceCaller known = open.get(key);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST) {
            Key eldest = open.keySet().iterator().next();
            open.remove(eldest).close();
        }
        ServiceCaller made = port.client(service, type);
        open.put(key, made);
        return made;
    }

    /** Their port ends, and ends them. */
    public synchronized void clear() {
        open.clear();
    }
}

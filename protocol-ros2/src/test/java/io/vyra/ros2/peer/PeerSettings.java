package io.vyra.ros2.peer;

import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a peer is.
 *
 * @param isUnicast whether it finds others on the loopback by asking every port; else it does what its implementation does by default
 * @param lease after how long without a sign of it others take it for gone
 * @param variables those of ROS 2 that say how it finds others instead; for this library and Cyclone DDS in C
 * @param prefix a command that runs it somewhere else, such as in a namespace
 */
public record PeerSettings(
        Implementation implementation,
        int domain,
        boolean isUnicast,
        Duration lease,
        Map<String, String> variables,
        List<String> prefix) {
    public PeerSettings {
        variables = Map.copyOf(variables);
        prefix = List.copyOf(prefix);
    }

    /** On the loopback, by unicast, and patient. */
    public static PeerSettings of(Implementation implementation, int domain) {
        return new PeerSettings(implementation, domain, true, Duration.ofSeconds(10), Map.of(), List.of());
    }

    public PeerSettings withLease(Duration value) {
        return new PeerSettings(implementation, domain, isUnicast, value, variables, prefix);
    }

    /** In a network of its own, with its implementation's own discovery. */
    public PeerSettings in(Namespace namespace) {
        return new PeerSettings(implementation, domain, false, lease, variables, namespace.prefix());
    }

    /** Finds others as a program of ROS 2 with these variables does. */
    public PeerSettings with(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("ROS_DOMAIN_ID", String.valueOf(domain));
        return new PeerSettings(implementation, domain, isUnicast, lease, all, prefix);
    }

    /** What the variables say. */
    DiscoverySettings discovery() {
        return DiscoverySettings.of(variables);
    }
}

package io.vyra.ros2.peer;

import java.time.Duration;
import java.util.List;

/**
 * How a peer is.
 *
 * @param isUnicast whether it finds others on the loopback by asking every port; else it does what its implementation does by default
 * @param lease after how long without a sign of it others take it for gone
 * @param prefix a command that runs it somewhere else, such as in a namespace
 */
public record PeerSettings(
        Implementation implementation, int domain, boolean isUnicast, Duration lease, List<String> prefix) {
    public PeerSettings {
        prefix = List.copyOf(prefix);
    }

    /** On the loopback, by unicast, and patient. */
    public static PeerSettings of(Implementation implementation, int domain) {
        return new PeerSettings(implementation, domain, true, Duration.ofSeconds(10), List.of());
    }

    public PeerSettings withLease(Duration value) {
        return new PeerSettings(implementation, domain, isUnicast, value, prefix);
    }

    /** In a network of its own, with its implementation's own discovery. */
    public PeerSettings in(Namespace namespace) {
        return new PeerSettings(implementation, domain, false, lease, namespace.prefix());
    }
}

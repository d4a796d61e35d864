package io.vyra.ros2.graph;

import io.vyra.ros2.rtps.qos.QosPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A publisher and a subscription of one topic and type that do not get together, as the subscription asks for more than the publisher offers
 * (DDS 1.4 §2.2.3).
 *
 * @param topic in DDS' own form when it is none of ROS 2 but, for example, a service's requests
 * @param publisher full name of the publisher's node, when it is known
 * @param subscription full name of the subscription's node, when it is known
 */
public record QosConflict(
        String topic, Optional<String> publisher, Optional<String> subscription, List<Difference> differences) {
    /** A policy and both values of it, for people. */
    public record Difference(QosPolicy policy, String offered, String requested) {}

    public QosConflict {
        differences = List.copyOf(differences);
    }
}

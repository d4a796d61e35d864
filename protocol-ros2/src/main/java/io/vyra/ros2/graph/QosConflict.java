package io.vyra.ros2.graph;

import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.QosMatching;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A publisher and a subscription of one topic and type that do not get together, as the subscription asks for more than the publisher offers
 * (DDS 1.4 §2.2.3).
 *
 * @param topic in DDS' own form when it is none of ROS 2 but, for example, a service's requests
 * @param type such as {@code std_msgs/msg/String}, or as it is in DDS when it is none of ROS 2
 */
public record QosConflict(String topic, String type, End publisher, End subscription, List<Difference> differences) {
    /**
     * One of both.
     *
     * @param node full name of the node that has it, when it is known
     * @param gid its global id as {@code ros2 topic info --verbose} prints it; empty when it is not known
     */
    public record End(Optional<String> node, String gid) {}

    /** A policy and both values of it, for people. */
    public record Difference(QosPolicy policy, String offered, String requested) {
        /** All policies by which the two cannot work together; empty when they can. */
        static List<Difference> between(Qos offered, Qos requested) {
            return QosMatching.incompatible(offered, requested).stream()
                    .map(policy -> new Difference(policy, policy.in(offered), policy.in(requested)))
                    .toList();
        }
    }

    public QosConflict {
        differences = List.copyOf(differences);
    }
}

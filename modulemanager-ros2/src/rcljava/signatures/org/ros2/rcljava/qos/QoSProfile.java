package org.ros2.rcljava.qos;

import java.time.Duration;
import org.ros2.rcljava.Signature;
import org.ros2.rcljava.qos.policies.Durability;
import org.ros2.rcljava.qos.policies.History;
import org.ros2.rcljava.qos.policies.Reliability;

public class QoSProfile {
    public QoSProfile(
            History history,
            int depth,
            Reliability reliability,
            Durability durability,
            boolean avoidROSNamespaceConventions) {
        throw Signature.only();
    }

    public final Reliability getReliability() {
        throw Signature.only();
    }

    public final Durability getDurability() {
        throw Signature.only();
    }

    public final QoSProfile setLifespan(Duration lifespan) {
        throw Signature.only();
    }
}

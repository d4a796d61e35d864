package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.ros2.rtps.qos.Qos;
import org.ros2.rcljava.qos.QoSProfile;
import org.ros2.rcljava.qos.policies.Durability;
import org.ros2.rcljava.qos.policies.History;
import org.ros2.rcljava.qos.policies.Reliability;

/** Qualities of service as rcljava's, and back. */
final class Foreign {
    private Foreign() {}

    static QoSProfile qos(Qos qos) {
        QoSProfile profile = new QoSProfile(
                qos.depth() == 0 ? History.KEEP_ALL : History.KEEP_LAST,
                qos.depth(),
                qos.isReliable() ? Reliability.RELIABLE : Reliability.BEST_EFFORT,
                qos.isTransientLocal() ? Durability.TRANSIENT_LOCAL : Durability.VOLATILE,
                false);
        // Without one rcljava has none: a duration of zero.
        return qos.lifespan().equals(Qos.INFINITE) ? profile : profile.setLifespan(qos.lifespan());
    }

    /** What the graph tells of it; the rest is not known. */
    static Qos qos(QoSProfile profile) {
        Qos qos = profile.getReliability() == Reliability.BEST_EFFORT ? Qos.DEFAULT.bestEffort() : Qos.DEFAULT;
        return profile.getDurability() == Durability.TRANSIENT_LOCAL ? qos.transientLocal() : qos;
    }
}

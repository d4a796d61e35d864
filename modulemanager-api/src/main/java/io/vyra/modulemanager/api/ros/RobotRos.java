package io.vyra.modulemanager.api.ros;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The bridge to ROS 2, if the distribution has one: at most one bean of the type {@link RosBridge}, which a face brings. Thread-safe. */
@Singleton
public class RobotRos {
    private final Instance<RosBridge> bridge;

    public RobotRos(Instance<RosBridge> bridge) {
        this.bridge = bridge;
    }

    /** How the bridge is now; empty when the distribution has none. */
    public Optional<RosBridge.Status> status() {
        return bridge().map(RosBridge::status);
    }

    /** Empty when the distribution has none. */
    public Optional<RosBridge> bridge() {
        return bridge.isResolvable() ? Optional.of(bridge.get()) : Optional.empty();
    }

    /**
     * @throws ProblemException {@code NOT_IMPLEMENTED} when the distribution has none
     */
    RosBridge require() {
        return bridge().orElseThrow(() -> new ProblemException(
                ProblemType.NOT_IMPLEMENTED, "This distribution has no bridge to ROS 2; the full one has."));
    }
}

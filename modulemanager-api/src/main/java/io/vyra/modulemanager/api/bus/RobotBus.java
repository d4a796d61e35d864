package io.vyra.modulemanager.api.bus;

import io.vyra.modulemanager.api.ros.RobotRos;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.bus.ModuleParameters;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The bus to the modules, if the distribution has one: beans of the types {@link ModuleBus} and {@link BusStatus}, at most one of each,
 * which a face brings.
 *
 * <p>Thread-safe.
 */
@Singleton
public class RobotBus {
    private final Instance<ModuleBus> bus;
    private final Instance<BusStatus> status;
    private final RobotRos ros;
    private final ParameterHistory history;
    private final InstantSource clock;

    public RobotBus(
            Instance<ModuleBus> bus,
            Instance<BusStatus> status,
            RobotRos ros,
            ParameterHistory history,
            InstantSource clock) {
        this.bus = bus;
        this.status = status;
        this.ros = ros;
        this.history = history;
        this.clock = clock;
    }

    /** How the bus is now; empty when the distribution has none. */
    public Optional<BusStatus.Snapshot> status() {
        return status.isResolvable() ? Optional.of(status.get().snapshot()) : Optional.empty();
    }

    /**
     * @throws ProblemException {@code NOT_IMPLEMENTED} when the distribution has none
     */
    ModuleBus require() {
        if (!bus.isResolvable()) {
            throw new ProblemException(
                    ProblemType.NOT_IMPLEMENTED, "The manager has no bus over which it could ask modules.");
        }
        ModuleBus own = bus.get();
        return ros.bridge().map(bridge -> withNodes(own, bridge)).orElse(own);
    }

    /** What a module's nodes of ROS 2 do, they are asked for. */
    private static ModuleBus withNodes(ModuleBus own, RosBridge bridge) {
        return (module, function, arguments, timeout) -> bridge.askNodes(module, function, arguments, timeout)
                .orElseGet(() -> own.call(module, function, arguments, timeout));
    }

    /** As {@link #require}. */
    ModuleParameters parameters() {
        return new ModuleParameters(require(), history, clock);
    }
}

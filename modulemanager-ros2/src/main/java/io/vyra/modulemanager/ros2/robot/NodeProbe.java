package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.runtime.BusProbe;
import io.vyra.modulemanager.runtime.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Passes when all nodes of a module are in the graph, and those with a lifecycle are active. Thread-safe. */
public final class NodeProbe implements BusProbe {
    private final BridgeConnection connection;
    private final NodeOwners owners;
    private final LifecycleWalks walks;

    public NodeProbe(BridgeConnection connection, NodeOwners owners, LifecycleWalks walks) {
        this.connection = connection;
        this.owners = owners;
        this.walks = walks;
    }

    @Override
    public ProbeResult run(ModuleId module, Probe.Bus probe, Duration uptime, Duration timeout) {
        if (!(probe instanceof Probe.RosNodes nodes)) {
            return new ProbeResult.Failed("this is no probe of nodes");
        }
        owners.learn(module, nodes);
        Optional<RosPort> own = connection.node();
        if (own.isEmpty()) {
            return new ProbeResult.Failed(
                    "the bridge to ROS 2: " + connection.condition().reason());
        }
        Set<String> present = own.get().graph().nodeNames();
        List<String> missing =
                nodes.all().stream().filter(name -> !present.contains(name)).toList();
        if (!missing.isEmpty()) {
            return new ProbeResult.Failed("not in the graph of ROS 2: " + String.join(", ", missing));
        }
        return lifecycle(module, nodes.lifecycle(), uptime, timeout);
    }

    @Override
    public void forget(ModuleId module) {
        owners.forget(module);
    }

    private ProbeResult lifecycle(ModuleId module, List<String> managed, Duration uptime, Duration timeout) {
        if (managed.isEmpty()) {
            return new ProbeResult.Passed();
        }
        try {
            return walks.obstacle(module, managed, uptime, timeout)
                    .<ProbeResult>map(ProbeResult.Failed::new)
                    .orElseGet(ProbeResult.Passed::new);
        } catch (ProblemException e) {
            return new ProbeResult.Failed(e.problem().detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProbeResult.Failed("the probe was ended");
        }
    }
}

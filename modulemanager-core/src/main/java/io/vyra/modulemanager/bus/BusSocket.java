package io.vyra.modulemanager.bus;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.BusProbe;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.modulemanager.supervision.Suspension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a face plugs in what the core itself asks of a bus: the core is built before any face is. Until then there is no bus.
 *
 * <p>Thread-safe.
 */
public final class BusSocket implements Suspension, BusProbe {
    /** Of a manager that has no bridge to ROS 2. */
    private static final Nodes NO_NODES = new Nodes(
            (module, probe, uptime, timeout) -> new ProbeResult.Failed(
                    "the manager has no bridge to ROS 2, so a probe of kind ros2 cannot pass; choose another kind"),
            _ -> CompletableFuture.completedFuture(null));

    private record Plug(Suspension suspension, BusProbe probe, Supplier<List<String>> routers) {}

    private record Nodes(BusProbe probe, Function<ModuleId, CompletableFuture<Void>> preparation) {}

    private volatile Plug plug = new Plug(Suspension.NONE, BusProbe.NONE, List::of);
    private volatile Nodes nodes = NO_NODES;

    /**
     * From now on these are asked.
     *
     * @param routers where modules of this machine find the bus now, see {@link #routers}
     */
    public void plug(Suspension suspension, BusProbe probe, Supplier<List<String>> routers) {
        plug = new Plug(suspension, probe, routers);
    }

    /** Addresses that a module is to dial, the best first, for example {@code tcp/127.0.0.1:7447}; none without a bus. */
    public List<String> routers() {
        return plug.routers().get();
    }

    /**
     * From now on modules that are nodes of ROS 2 are asked by these.
     *
     * @param preparation brings a module's nodes to where their process may be ended, and never fails
     */
    public void plugNodes(BusProbe probe, Function<ModuleId, CompletableFuture<Void>> preparation) {
        nodes = new Nodes(probe, preparation);
    }

    @Override
    public CompletableFuture<Void> prepareToStop(ModuleId module) {
        return nodes.preparation().apply(module);
    }

    @Override
    public CompletableFuture<Outcome> suspend(ModuleId module) {
        return plug.suspension().suspend(module);
    }

    @Override
    public CompletableFuture<Outcome> resume(ModuleId module) {
        return plug.suspension().resume(module);
    }

    @Override
    public boolean mayServe(ModuleId module) {
        return plug.suspension().mayServe(module);
    }

    @Override
    public ProbeResult run(ModuleId module, Probe.Bus probe, Duration uptime, Duration timeout) {
        if (probe instanceof Probe.RosNodes) {
            return nodes.probe().run(module, probe, uptime, timeout);
        }
        forget(module);
        return plug.probe().run(module, probe, uptime, timeout);
    }

    /** Modules whose bus is Zenoh are known by what they say there, whatever their probe is. */
    @Override
    public void forget(ModuleId module) {
        nodes.probe().forget(module);
    }
}

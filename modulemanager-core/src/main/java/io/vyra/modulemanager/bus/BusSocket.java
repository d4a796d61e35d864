package io.vyra.modulemanager.bus;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.BusProbe;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.modulemanager.supervision.Suspension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Where a face plugs in what the core itself asks of a bus: the core is built before any face is. Until then there is no bus.
 *
 * <p>Thread-safe.
 */
public final class BusSocket implements Suspension, BusProbe {
    private record Plug(Suspension suspension, BusProbe probe) {}

    private volatile Plug plug = new Plug(Suspension.NONE, BusProbe.NONE);

    /** From now on these are asked. */
    public void plug(Suspension suspension, BusProbe probe) {
        plug = new Plug(suspension, probe);
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
        return plug.probe().run(module, probe, uptime, timeout);
    }
}

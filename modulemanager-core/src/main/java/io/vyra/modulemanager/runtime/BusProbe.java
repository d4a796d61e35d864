package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import java.time.Duration;

/** Asks a module over the bus whether it works. Thread-safe, blocking, never throws. */
@FunctionalInterface
public interface BusProbe {
    /** Of a manager that has no bus: every such probe fails and says why. */
    BusProbe NONE = (module, probe, uptime, timeout) ->
            new ProbeResult.Failed("the manager has no bus, so a probe of kind zenoh cannot pass; choose another kind");

    /**
     * @param uptime  how long the module's process has been running; what was heard before is of an earlier one
     * @param timeout after which the answer is no
     */
    ProbeResult run(ModuleId module, Probe.Bus probe, Duration uptime, Duration timeout);

    /** The module is asked in another way now, as after an update: what its probe said of it before is no longer so. */
    default void forget(ModuleId module) {}
}

package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.bus.BusStatus.Traffic;
import io.vyra.modulemanager.module.ModuleId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counts messages between the manager and each module. Thread-safe. Only installed modules are kept. */
public final class TrafficMeter {
    private record Counts(LongAdder published, LongAdder received) {}

    private final Map<ModuleId, Counts> modules = new ConcurrentHashMap<>();

    /** The module put something on the bus. */
    public void fromModule(ModuleId module) {
        counts(module).published().increment();
    }

    /** The bus gave the module something. */
    public void toModule(ModuleId module) {
        counts(module).received().increment();
    }

    private Counts counts(ModuleId module) {
        return modules.computeIfAbsent(module, _ -> new Counts(new LongAdder(), new LongAdder()));
    }

    /** @param isInstalled the others are forgotten */
    Map<ModuleId, Traffic> read(Predicate<ModuleId> isInstalled) {
        modules.keySet().removeIf(isInstalled.negate());
        Map<ModuleId, Traffic> read = new HashMap<>();
        modules.forEach((module, counts) -> read.put(
                module, new Traffic(counts.published().sum(), counts.received().sum())));
        return read;
    }
}

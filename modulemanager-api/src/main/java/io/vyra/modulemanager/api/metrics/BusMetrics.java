package io.vyra.modulemanager.api.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vyra.modulemanager.api.bus.RobotBus;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.module.ModuleId;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Messages of modules, faces, and what was dropped or refused. Registers nothing where there is no bus.
 *
 * <p>Thread-safe. The bus is looked at once a second at most, however many figures one answer has.
 */
@Singleton
public class BusMetrics {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final RobotBus bus;
    private final MeterRegistry registry;
    private final Map<ModuleId, List<Meter>> ofModules = new HashMap<>();
    private Optional<BusStatus.Snapshot> seen = Optional.empty();
    private long seenAt;

    public BusMetrics(RobotBus bus, MeterRegistry registry) {
        this.bus = bus;
        this.registry = registry;
    }

    void begin(@Observes StartupEvent event) {
        if (bus.status().isEmpty()) {
            return;
        }
        count("zenoh_messages_dropped", "Messages given up for slow readers", BusStatus.Counters::dropped);
        count("zenoh_reconnects", "Connections to a router that were made again", BusStatus.Counters::reconnects);
        count("zenoh_refused", "What rules, limits and lacking passwords kept out", BusStatus.Counters::refused);
        count("zenoh_malformed", "What was no message, or not what its key promises", BusStatus.Counters::malformed);
        Gauge.builder("zenoh_faces", this, it -> it.look().faces().size())
                .description("Connections now")
                .register(registry);
        Gauge.builder("zenoh_routes", this, it -> it.look().routeCount())
                .description("Declared subscribers, queryables and tokens")
                .register(registry);
        Gauge.builder("zenoh_connected", this, it -> it.look().connected() ? 1 : 0)
                .description("Whether the bus is connected")
                .register(registry);
    }

    private void count(String name, String description, ToLongFunction<BusStatus.Counters> value) {
        FunctionCounter.builder(name, this, it -> value.applyAsLong(it.look().counters()))
                .description(description)
                .register(registry);
    }

    private synchronized BusStatus.Snapshot look() {
        if (seen.isEmpty() || System.nanoTime() - seenAt > FRESH.toNanos()) {
            seen = Optional.of(bus.status().orElseThrow());
            seenAt = System.nanoTime();
        }
        return seen.get();
    }

    /** Counts modules that came, and no longer those that were removed. */
    synchronized void refresh() {
        if (bus.status().isEmpty()) {
            return;
        }
        Map<ModuleId, BusStatus.Traffic> modules = look().modules();
        for (Iterator<Map.Entry<ModuleId, List<Meter>>> known =
                        ofModules.entrySet().iterator();
                known.hasNext(); ) {
            Map.Entry<ModuleId, List<Meter>> it = known.next();
            if (!modules.containsKey(it.getKey())) {
                it.getValue().forEach(registry::remove);
                known.remove();
            }
        }
        modules.keySet().forEach(module -> ofModules.computeIfAbsent(module, this::register));
    }

    private List<Meter> register(ModuleId module) {
        return List.of(
                count(
                        "zenoh_messages_published",
                        "Messages that the module put on the bus",
                        module,
                        BusStatus.Traffic::published),
                count(
                        "zenoh_messages_received",
                        "Messages that the bus gave to the module",
                        module,
                        BusStatus.Traffic::received));
    }

    private Meter count(String name, String description, ModuleId module, ToLongFunction<BusStatus.Traffic> value) {
        return FunctionCounter.builder(
                        name,
                        this,
                        it -> value.applyAsLong(it.look().modules().getOrDefault(module, BusStatus.Traffic.NONE)))
                .description(description)
                .tag("module", module.toString())
                .register(registry);
    }
}

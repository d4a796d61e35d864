package io.vyra.modulemanager.api.system;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.api.bus.RobotBus;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.api.ros.RobotRos;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.state.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Present figures of the manager and its machine. Thread-safe. */
@Singleton
public class SystemStatus {
    private final ModuleManager manager;
    private final Database database;
    private final InstantSource clock;
    private final AotCache aotCache;
    private final RobotBus bus;
    private final RobotRos ros;
    private final RobotEngine engines;
    private final Path data;
    private final boolean slim;
    private final String version;
    private final Instant startedAt;

    public SystemStatus(
            ModuleManager manager,
            Database database,
            InstantSource clock,
            AotCache aotCache,
            RobotBus bus,
            RobotRos ros,
            RobotEngine engines,
            ApiConfiguration configuration,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.manager = manager;
        this.database = database;
        this.clock = clock;
        this.aotCache = aotCache;
        this.bus = bus;
        this.ros = ros;
        this.engines = engines;
        this.data = configuration.data().toAbsolutePath();
        this.slim = configuration.slim() || configuration.distribution() == ApiConfiguration.Distribution.SLIM;
        this.version = version;
        // Not the time this object was made, which is that of the first question.
        this.startedAt =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    public record SystemBody(
            String id,
            String version,
            String distribution,
            Instant startedAt,
            double uptime,
            String java,
            String aotCache,
            Map<String, Long> modules,
            String bus,
            String bridge,
            String containerEngine,
            Disk disk,
            Memory memory,
            int processors) {}

    /**
     * @param reserveGivenUp the disk was full, and what must still work took the space that was kept for it
     */
    public record Disk(long totalBytes, long freeBytes, boolean reserveGivenUp) {}

    public record Memory(long heapUsedBytes, long heapMaxBytes) {}

    String distribution() {
        return slim ? "slim" : "full";
    }

    double uptimeSeconds() {
        return Math.max(0, Duration.between(startedAt, clock.instant()).toMillis()) / 1000.0;
    }

    /** Whether the bus is connected; empty where there is none. */
    Optional<Boolean> busConnected() {
        return bus.status().map(BusStatus.Snapshot::connected);
    }

    /** {@code up}, {@code down}, or {@code absent} where there is none or it is switched off. */
    String bus() {
        return bus.status()
                .filter(it -> it.mode() != BusStatus.Mode.OFF)
                .map(it -> it.connected() ? "up" : "down")
                .orElse("absent");
    }

    /** As {@link #bus}, of the bridge to ROS 2. */
    String bridge() {
        return ros.status()
                .filter(RosBridge.Status::enabled)
                .map(it -> it.connected() ? "up" : "down")
                .orElse("absent");
    }

    /** Whether the bridge to ROS 2 is connected; empty where there is none or it is switched off. */
    Optional<Boolean> bridgeConnected() {
        return ros.status().filter(RosBridge.Status::enabled).map(RosBridge.Status::connected);
    }

    Path data() {
        return data;
    }

    SystemBody read(Caller caller) {
        Runtime runtime = Runtime.getRuntime();
        Map<String, Long> phases = new TreeMap<>(manager.modules(caller).stream()
                .collect(Collectors.groupingBy(module -> module.state().phase().wire(), Collectors.counting())));
        return new SystemBody(
                manager.self().toString(),
                version,
                distribution(),
                startedAt,
                uptimeSeconds(),
                Runtime.version().toString(),
                aotCache.use().wire(),
                phases,
                bus(),
                bridge(),
                engines.state().wire(),
                disk(),
                new Memory(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()),
                runtime.availableProcessors());
    }

    private Disk disk() {
        try {
            FileStore store = Files.getFileStore(data);
            return new Disk(store.getTotalSpace(), store.getUsableSpace(), database.isReserveGivenUp());
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data + " cannot be looked at", e);
        }
    }
}

package io.vyra.modulemanager.zenoh.assembly;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.SystemReport;
import io.vyra.modulemanager.access.Accounts;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.bus.BusSocket;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.zenoh.ZenohFace;
import io.vyra.modulemanager.zenoh.connection.BusSettings;
import io.vyra.modulemanager.zenoh.connection.BusSettingsException;
import io.vyra.modulemanager.zenoh.connection.ZenohConfiguration;
import io.vyra.modulemanager.zenoh.manager.ManagerLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** Owns the face: starts it before the core starts modules, whose probes may need it, and ends it first of all. */
@Singleton
public class ZenohBeans {
    private static final String OFF = "The bus is switched off with vyra.zenoh.enabled=false";

    private final Optional<ZenohFace> face;
    private final ManagerLog log = new ManagerLog();
    private final Instant startedAt;

    public ZenohBeans(
            ZenohConfiguration configuration,
            ModuleManager manager,
            ModuleReports reports,
            ModuleTokens tokens,
            FeedHub hub,
            BusSocket socket,
            Catalog catalog,
            RepositoryStore repositories,
            RepositoryRefresher refresher,
            ParameterHistory parameters,
            Accounts accounts,
            Instance<SystemReport> system,
            InstantSource clock) {
        this.startedAt = clock.instant();
        try {
            this.face = configuration.enabled()
                    ? Optional.of(new ZenohFace(
                            BusSettings.of(configuration),
                            new ZenohFace.Ground(
                                    manager,
                                    reports,
                                    tokens,
                                    hub,
                                    socket,
                                    log,
                                    configured(configuration),
                                    catalog,
                                    repositories,
                                    refresher,
                                    parameters,
                                    accounts::list,
                                    // Asked for late: it looks at the bus that is being made here.
                                    caller -> system.get().read(caller),
                                    clock)))
                    : Optional.empty();
        } catch (BusSettingsException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** What anybody on the bus may know. */
    private static Map<String, String> configured(ZenohConfiguration configuration) {
        return Map.of(
                "bus_mode", configuration.mode().name().toLowerCase(Locale.ROOT),
                "bus_access", configuration.access().name().toLowerCase(Locale.ROOT));
    }

    void start(@Observes @Priority(90) StartupEvent event) {
        Logger.getLogger("").addHandler(log);
        face.ifPresent(ZenohFace::start);
    }

    void stop(@Observes @Priority(90) ShutdownEvent event) {
        Logger.getLogger("").removeHandler(log);
        face.ifPresent(ZenohFace::close);
    }

    @Produces
    @Singleton
    ModuleBus bus() {
        return face.map(ZenohFace::bus).orElse((module, function, arguments, timeout) -> {
            throw new ProblemException(ProblemType.NOT_IMPLEMENTED, OFF + ", so modules cannot be asked.");
        });
    }

    @Produces
    @Singleton
    BusStatus status() {
        return face.map(ZenohFace::status).orElse(() -> BusStatus.Snapshot.off(startedAt, OFF));
    }
}

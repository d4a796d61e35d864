package io.vyra.modulemanager.api.assembly;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.api.start.StartRefusedException;
import io.vyra.modulemanager.api.tls.ListenerPolicy;
import io.vyra.modulemanager.bus.BusSocket;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.PlanLimits;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.catalog.TransferLimits;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.ManagerSettings;
import io.vyra.modulemanager.manager.ManagerSettings.SeedRepository;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.StepBoundary;
import io.vyra.modulemanager.runtime.LogRotation;
import io.vyra.modulemanager.runtime.RuntimeGround;
import io.vyra.modulemanager.state.Backups;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.store.RetentionRule;
import io.vyra.modulemanager.store.UnpackLimits;
import io.vyra.modulemanager.supervision.RestartPolicy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Owns the core: builds it when its first part is asked for, starts it with the service, ends it with the service. */
@Singleton
@IfBuildProperty(name = "modulemanager.core", stringValue = "real", enableIfMissing = true)
public class CoreBeans {
    private static final Logger LOG = Logger.getLogger(CoreBeans.class);
    /** Faces end with greater numbers. */
    private static final int MODULES_END = 10;

    private final CoreConfiguration configuration;
    private final ManagerAssembly assembly;

    public CoreBeans(
            CoreConfiguration configuration,
            ApiConfiguration api,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.configuration = configuration;
        ListenerPolicy.requireSafe(api, host);
        this.assembly = new ManagerAssembly(settings(configuration, api, host, port), StepBoundary.NONE);
    }

    private static ManagerSettings settings(
            CoreConfiguration configuration, ApiConfiguration api, String host, int port) {
        return setting(
                "vyra.*",
                () -> new ManagerSettings(
                        setting(
                                "vyra.module-name (MODULE_NAME)",
                                () -> ModuleId.requireName(configuration.moduleName())),
                        configuration.data(),
                        configuration.shim(),
                        configuration.managerUrl().orElseGet(() -> managerUrl(api, host, port)),
                        System.getenv(),
                        api.slim() || api.distribution() == ApiConfiguration.Distribution.SLIM,
                        configuration.restore(),
                        seeds(configuration),
                        configuration.probation(),
                        configuration.operationTimeout(),
                        configuration.refreshEvery(),
                        setting("vyra.restart.*", () -> restarts(configuration.restart())),
                        setting(
                                "vyra.retention.newest",
                                () -> new RetentionRule(
                                        configuration.retention().newest())),
                        setting("vyra.module-log.max-size and files", () -> rotation(configuration.moduleLog())),
                        PlanLimits.DEFAULT,
                        TransferLimits.DEFAULT,
                        setting("vyra.packages.*", () -> limits(configuration.packages()))));
    }

    /** The parts check their own ranges; whoever set a value wrong wants to know which. */
    private static <T> T setting(String keys, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    "The setting " + keys + " is out of its range: " + e.getMessage() + ". See docs/configuration.md.");
        }
    }

    private static RestartPolicy.Settings restarts(CoreConfiguration.Restart restart) {
        return new RestartPolicy.Settings(
                restart.first(),
                restart.longest(),
                restart.budget(),
                restart.calmAfter(),
                restart.trustedAfter(),
                restart.slowRetry());
    }

    private static LogRotation rotation(CoreConfiguration.ModuleLog log) {
        return new LogRotation(log.maxSize().asLongValue(), log.files());
    }

    private static UnpackLimits limits(CoreConfiguration.PackageLimits packages) {
        UnpackLimits usual = UnpackLimits.DEFAULT;
        return new UnpackLimits(
                packages.maxEntries(),
                packages.maxSize().asLongValue(),
                usual.ratio(),
                usual.ratioFloorBytes(),
                usual.depth());
    }

    private static String managerUrl(ApiConfiguration api, String host, int port) {
        boolean isEncrypted = api.tls().selfSigned() || api.tls().certificate().isPresent();
        // A listener on every address is reached on the loopback one.
        String address = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (isEncrypted ? "https://" : "http://") + address + ":" + port;
    }

    private static List<SeedRepository> seeds(CoreConfiguration configuration) {
        List<SeedRepository> seeds = new ArrayList<>();
        configuration
                .demoRepository()
                .filter(Files::isDirectory)
                .map(Path::toUri)
                .ifPresent(uri -> seeds.add(new SeedRepository("demo", "Demo modules", uri.toString())));
        int number = 1;
        for (String url : configuration.repositories().orElse(List.of())) {
            seeds.add(new SeedRepository("repository-" + number, url, url));
            number++;
        }
        return seeds;
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        assembly.start();
    }

    /** Before any face ends: what modules are asked before their processes end goes over a bus or the graph of ROS 2. */
    void stopModules(@Observes @Priority(MODULES_END) ShutdownEvent event) {
        if (configuration.stopModulesOnExit()) {
            List<?> alive = assembly.stopModules(configuration.stopPatience());
            if (!alive.isEmpty()) {
                LOG.warnf("Modules left alive modules=%s", alive);
            }
        }
    }

    /** After every face, which stand on it. */
    void close(@Observes ShutdownEvent event) {
        assembly.close();
    }

    @Produces
    @Singleton
    ModuleManager moduleManager() {
        return assembly.moduleManager();
    }

    @Produces
    @Singleton
    Database database() {
        return assembly.database();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return assembly.clock();
    }

    @Produces
    @Singleton
    ModuleTokens moduleTokens() {
        return assembly.tokens();
    }

    @Produces
    @Singleton
    FeedHub feedHub() {
        return assembly.feed();
    }

    /** For a bus, which tells it what modules say. */
    @Produces
    @Singleton
    ModuleReports moduleReports() {
        return assembly.reports();
    }

    /** For a bus, which plugs in what the core asks of it. */
    @Produces
    @Singleton
    BusSocket busSocket() {
        return assembly.busSocket();
    }

    /** For an adapter that runs modules in another way than as processes. */
    @Produces
    @Singleton
    RuntimeGround runtimeGround() {
        return assembly.runtimeGround();
    }

    @Produces
    @Singleton
    ParameterHistory parameterHistory() {
        return assembly.parameterHistory();
    }

    @Produces
    @Singleton
    RepositoryStore repositories() {
        return assembly.repositories();
    }

    @Produces
    @Singleton
    RepositoryRefresher refresher() {
        return assembly.refresher();
    }

    @Produces
    @Singleton
    Catalog catalog() {
        return assembly.catalog();
    }

    @Produces
    @Singleton
    Backups backups() {
        return assembly.backups();
    }
}

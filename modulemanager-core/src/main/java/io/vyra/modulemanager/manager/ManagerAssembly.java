package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.bus.BusSocket;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.LinuxMachine;
import io.vyra.modulemanager.catalog.PackageFetcher;
import io.vyra.modulemanager.catalog.Planner;
import io.vyra.modulemanager.catalog.RepositoryClients;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.catalog.UpdateOrderRule;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.instance.InstalledVersions;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.OperationJournal;
import io.vyra.modulemanager.operation.Operations;
import io.vyra.modulemanager.operation.StepBoundary;
import io.vyra.modulemanager.operation.saga.DiscardStep;
import io.vyra.modulemanager.operation.saga.ModuleSagas;
import io.vyra.modulemanager.operation.saga.SagaParts;
import io.vyra.modulemanager.runtime.CgroupLimits;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.ProbeRunner;
import io.vyra.modulemanager.runtime.ProcessRuntime;
import io.vyra.modulemanager.runtime.RuntimeChoice;
import io.vyra.modulemanager.runtime.RuntimeGround;
import io.vyra.modulemanager.runtime.Succession;
import io.vyra.modulemanager.state.Backups;
import io.vyra.modulemanager.state.DataFolderLock;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.SettingStore;
import io.vyra.modulemanager.state.StateJson;
import io.vyra.modulemanager.store.DiskSync;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.store.PackageUnpacker;
import io.vyra.modulemanager.supervision.RestartPolicy;
import io.vyra.modulemanager.supervision.ScheduledTimers;
import io.vyra.modulemanager.supervision.Supervision;
import io.vyra.modulemanager.supervision.SupervisionParts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Builds the whole core by constructor calls, starts it, and ends it in reverse order.
 *
 * <p>The parts are thread-safe; {@link #start} and {@link #close} are called once each, by one thread.
 */
public final class ManagerAssembly implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ManagerAssembly.class);
    private static final long NO_GENERATION = 0;
    private static final int FEED_EVENTS = 5_000;
    private static final int FEED_ENTRIES = 2_000;
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(10);

    private final ManagerSettings settings;
    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

    private final Clock clock;
    private final Database database;
    private final FeedHub feed;
    private final RepositoryStore repositories;
    private final RepositoryRefresher refresher;
    private final Catalog catalog;
    private final ModuleTokens tokens;
    private final RuntimeChoice runtime;
    private final RuntimeGround runtimeGround;
    private final KeptVersions keptVersions;
    private final ExecutorService threads;
    private final ModuleStore store;
    private final InstanceRegistry registry;
    private final Supervision supervision;
    private final Operations operations;
    private final ModuleNeeds needs;
    private final RobotModuleManager manager;
    private final StartReconciliation reconciliation;
    private final Housekeeping housekeeping;
    private final Backups backups;
    private final ModuleReports reports;
    private final ParameterHistory parameterHistory;
    private final BusSocket busSocket = new BusSocket();

    /**
     * Opens the state and puts everything together; nothing runs yet.
     *
     * @param boundary told of every step boundary; {@link StepBoundary#NONE} but in crash tests
     * @throws io.vyra.modulemanager.state.StateException when the data folder is in use or its state cannot be opened
     */
    public ManagerAssembly(ManagerSettings settings, StepBoundary boundary) {
        this.settings = settings;
        this.clock = Clock.systemUTC();
        ProcessRuntime.requireUsable(settings.shim(), runFolder());
        closing(DataFolderLock.take(settings.data()));
        Database.useLibraryIn(settings.shim().toAbsolutePath().getParent());
        this.backups = new Backups(settings.data(), clock);
        settings.restoreFrom().ifPresent(backups::restore);
        this.database = closing(Database.open(Backups.stateFolder(settings.data())));
        // Not virtual threads: unpacking and fsyncs in native code hold on to the few carriers of a small machine, and
        // would keep back the event streams and the supervision of every other module.
        this.threads = closing(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("manager-", 0).factory()));
        ScheduledTimers timers = closing(new ScheduledTimers());
        FolderWatch watch = closing(new FolderWatch());
        StateJson json = new StateJson();
        SecureRandom random = new SecureRandom();

        this.registry = new InstanceRegistry(database);
        InstalledVersions versions = new InstalledVersions(database);
        InstanceHistory history = new InstanceHistory(database, json);
        this.tokens = new ModuleTokens(database, clock, random);
        ModuleId self = new ModuleId(
                settings.name(),
                new SettingStore(database)
                        .findOrMake(
                                "instance_id",
                                () -> ModuleId.random(settings.name()).instanceId()));

        ManifestReader manifestReader = new ManifestReader();
        this.store = new ModuleStore(settings.data(), DiskSync.real(), manifestReader);
        PackageUnpacker unpacker = new PackageUnpacker(settings.unpackLimits(), DiskSync.real());
        InstalledManifests manifests = new InstalledManifests(store);

        this.repositories = new RepositoryStore(database);
        RepositoryClients clients = closing(new RepositoryClients(settings.transferLimits()));
        Path cache = settings.data().resolve("cache").resolve("repositories");
        this.refresher = new RepositoryRefresher(repositories, clients, cache, clock);
        this.catalog = new Catalog(repositories, refresher);

        this.feed = new FeedHub(clock, FEED_EVENTS, FEED_ENTRIES);
        this.runtime = new RuntimeChoice(new ProcessRuntime(
                settings.shim(), runFolder(), CgroupLimits.detect(), settings.logRotation(), watch, clock));
        this.runtimeGround =
                new RuntimeGround(settings.data(), runtime, store::logs, settings.logRotation(), watch, clock);
        Announcements announcements = new Announcements(feed, registry);
        this.needs = new ModuleNeeds(registry, manifests, this::supervision);
        this.supervision = new Supervision(new SupervisionParts(
                registry,
                history,
                runtime,
                new ModuleLaunches(
                        registry,
                        manifests,
                        store,
                        tokens,
                        settings.environment(),
                        settings.managerUrl(),
                        busSocket::routers,
                        settings.slim()),
                new ThreadedProber(new ProbeRunner(settings.shim(), busSocket, clock), threads),
                busSocket,
                needs,
                new RestartPolicy(settings.restarts(), new Random(random.nextLong())),
                timers,
                clock,
                threads,
                announcements));

        runtime.onRecovery(supervision::containersRecovered);
        this.reports = new ModuleReports(
                feed, clock, module -> registry.find(module).isPresent(), announcements::announceView);
        this.parameterHistory = new ParameterHistory(database, json);
        ModuleViews views = new ModuleViews(manifests, supervision, runtime, catalog, reports);
        LinuxMachine machine = new LinuxMachine(settings.data());
        UpdateOrderRule orders = new UpdateOrderRule(manifest -> Succession.obstacle(runtime, manifest), machine);
        Planner planner = new Planner(
                catalog,
                new InstalledSnapshot(registry, manifests, store, supervision),
                machine,
                settings.planLimits(),
                orders);
        this.keptVersions = new KeptVersions(registry, versions, store, runtime, settings.retention());
        SagaParts sagaParts = new SagaParts(
                self,
                store,
                new PackageFetcher(clients),
                repositories,
                unpacker,
                manifestReader,
                new PackageChecks(planner, runtime, settings.environment().getOrDefault("PATH", "/usr/bin:/bin")),
                orders,
                registry,
                versions,
                history,
                supervision,
                keptVersions,
                timers,
                clock,
                settings.probation(),
                module -> forget(module, manifests, announcements));
        OperationJournal journal = new OperationJournal(database, json);
        this.operations = new Operations(
                journal,
                new ModuleSagas(sagaParts),
                announcements,
                boundary,
                clock,
                (time, action) -> timers.after(Duration.between(clock.instant(), time), action),
                threads);
        announcements.connect(views, operations, supervision, reports);
        OperationTimeouts timeouts = new OperationTimeouts(settings.operationTimeout(), settings.probation(), 100_000);
        this.manager = new RobotModuleManager(
                self,
                registry,
                history,
                manifests,
                supervision,
                operations,
                planner,
                new UploadedPackages(
                        store,
                        new PackageUnpacker(settings.unpackLimits(), DiskSync.none()),
                        manifestReader,
                        DiskSync.real()),
                needs,
                views,
                new Explainer(supervision, needs, history),
                keptVersions,
                new ModuleLogs(store, watch),
                timeouts,
                orders,
                busSocket);
        this.reconciliation = new StartReconciliation(
                registry,
                store,
                module -> new DiscardStep(module, false, sagaParts).discard(),
                runtime::forget,
                supervision.handOver());
        this.housekeeping = new Housekeeping(store, database, refresher, timers, threads, settings.refreshEvery());
    }

    private Path runFolder() {
        return settings.data().resolve("run");
    }

    private <T extends AutoCloseable> T closing(T part) {
        closeables.push(part);
        return part;
    }

    private Supervision supervision() {
        return supervision;
    }

    private void forget(ModuleId module, InstalledManifests manifests, Announcements announcements) {
        runtime.succession().ifPresent(succession -> succession.settle(module, NO_GENERATION));
        announcements.removed(module);
        tokens.revoke(module);
        manifests.forget(module);
        runtime.forget(module);
        reports.gone(module);
        parameterHistory.forget(module);
    }

    /** Brings disk, processes and operations in line with the database, then lets everything run. */
    public void start() {
        seedRepositories();
        reconciliation.bringUp(operations, supervision);
        housekeeping.begin();
        threads.execute(this::sweepRuntime);
        LOG.infof(
                "Module manager started id=%s modules=%d data=%s limits=%s",
                manager.self(),
                registry.all().size(),
                settings.data(),
                runtime.limitSupport().mechanism());
    }

    /** What a crash left of versions that are not installed; a manager that ends at once may do without. */
    private void sweepRuntime() {
        try {
            keptVersions.sweepRuntime();
        } catch (RuntimeException e) {
            LOG.debugf("Not swept cause=%s", e.toString());
        }
    }

    private void seedRepositories() {
        for (ManagerSettings.SeedRepository seed : settings.seeds()) {
            boolean known = repositories.list().stream()
                    .anyMatch(repository -> repository.url().equals(seed.url())
                            || repository.id().equals(seed.id()));
            if (!known) {
                repositories.add(seed.toRepository());
            }
        }
    }

    /**
     * Stops every module in reverse dependency order, without changing what is desired: for a manager whose modules end with it.
     *
     * @return modules that were still alive when patience ran out
     */
    public List<ModuleId> stopModules(Duration patience) {
        operations.shutDown(SHUTDOWN_PATIENCE);
        List<ModuleId> left = supervision.stopAll(needs::needsOf, patience);
        // A version on trial beside a module's own is nobody's once the manager is gone; its operation begins the trial
        // anew.
        registry.all().forEach(record -> supervision.handOver().settle(record.id()));
        return left;
    }

    /** Ends the manager; modules that run go on running. */
    @Override
    public void close() {
        if (!operations.shutDown(SHUTDOWN_PATIENCE)) {
            LOG.warn("Operations did not stop in time; the next start resumes them");
        }
        housekeeping.end();
        supervision.detachAll();
        while (!closeables.isEmpty()) {
            AutoCloseable part = closeables.pop();
            try {
                part.close();
            } catch (Exception e) {
                // The process's edge: the other parts must still be closed.
                LOG.errorf(e, "Not closed part=%s", part.getClass().getSimpleName());
            }
        }
        LOG.infof("Module manager stopped data=%s", settings.data());
    }

    public ModuleManager moduleManager() {
        return manager;
    }

    public Database database() {
        return database;
    }

    public Backups backups() {
        return backups;
    }

    public FeedHub feed() {
        return feed;
    }

    public RepositoryStore repositories() {
        return repositories;
    }

    public RepositoryRefresher refresher() {
        return refresher;
    }

    public Catalog catalog() {
        return catalog;
    }

    public ModuleReports reports() {
        return reports;
    }

    /** Where a face plugs in a bus. */
    public BusSocket busSocket() {
        return busSocket;
    }

    public ParameterHistory parameterHistory() {
        return parameterHistory;
    }

    public ModuleTokens tokens() {
        return tokens;
    }

    public ModuleRuntime runtime() {
        return runtime;
    }

    /** For an adapter that runs modules in another way. */
    public RuntimeGround runtimeGround() {
        return runtimeGround;
    }

    public Clock clock() {
        return clock;
    }

    public Path data() {
        return settings.data();
    }
}

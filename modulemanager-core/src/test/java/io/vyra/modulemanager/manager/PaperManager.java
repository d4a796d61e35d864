package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.LinuxMachine;
import io.vyra.modulemanager.catalog.PackageFetcher;
import io.vyra.modulemanager.catalog.PlanLimits;
import io.vyra.modulemanager.catalog.Planner;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.catalog.RepositoryClients;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.catalog.TransferLimits;
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
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.Succession;
import io.vyra.modulemanager.state.Backups;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import io.vyra.modulemanager.store.DiskSync;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.store.PackageUnpacker;
import io.vyra.modulemanager.store.RetentionRule;
import io.vyra.modulemanager.store.UnpackLimits;
import io.vyra.modulemanager.supervision.FakeRuntime;
import io.vyra.modulemanager.supervision.ManualTime;
import io.vyra.modulemanager.supervision.Prober;
import io.vyra.modulemanager.supervision.RestartPolicy;
import io.vyra.modulemanager.supervision.Supervision;
import io.vyra.modulemanager.supervision.SupervisionParts;
import io.vyra.modulemanager.supervision.Suspension;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One life of a manager: the real operations, supervision, registry, store and database, over a machine and a time on paper.
 *
 * <p>It ends as a killed process does: see {@link #die}.
 */
final class PaperManager {
    static final Duration PROBATION = Duration.ofSeconds(30);

    final Database database;
    final InstanceRegistry registry;
    final ModuleStore store;
    final Supervision supervision;
    final Operations operations;
    final ModuleManager modules;
    private final FolderWatch watch;
    private final RepositoryClients clients;
    private final ManualTime time;
    private final ModuleNeeds needs;
    private final StartReconciliation reconciliation;
    /** Threads of operations that have not ended. */
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    PaperManager(Path data, Path repository, FakeRuntime runtime, Prober prober, ManualTime time, StepBoundary boundary)
            throws IOException {
        this.time = time;
        database = Database.open(Backups.stateFolder(data));
        watch = new FolderWatch();
        StateJson json = new StateJson();
        registry = new InstanceRegistry(database);
        InstalledVersions versions = new InstalledVersions(database);
        InstanceHistory history = new InstanceHistory(database, json);
        ModuleTokens tokens = new ModuleTokens(database, time, new SecureRandom());
        ModuleId self = new ModuleId("v2_modulemanager", "f".repeat(32));
        ManifestReader reader = new ManifestReader();
        store = new ModuleStore(data, DiskSync.none(), reader);
        PackageUnpacker unpacker = new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.none());
        InstalledManifests manifests = new InstalledManifests(store);
        RepositoryStore repositories = new RepositoryStore(database);
        if (repositories.find("test").isEmpty()) {
            repositories.add(new Repository(
                    "test", "Test", repository.toUri().toString(), 100, true, "", Optional.empty(), Optional.empty()));
        }
        clients = new RepositoryClients(TransferLimits.DEFAULT);
        RepositoryRefresher refresher =
                new RepositoryRefresher(repositories, clients, data.resolve("cache"), Clock.systemUTC());
        refresher.refreshAll();
        Catalog catalog = new Catalog(repositories, refresher);
        FeedHub feed = new FeedHub(time, 100, 100);
        Announcements announcements = new Announcements(feed, registry);
        needs = new ModuleNeeds(registry, manifests, this::supervision);
        supervision = new Supervision(new SupervisionParts(
                registry,
                history,
                runtime,
                new ModuleLaunches(registry, manifests, store, tokens, Map.of(), "http://localhost", List::of, false),
                prober,
                Suspension.NONE,
                needs,
                new RestartPolicy(RestartPolicy.Settings.DEFAULT, new Random(7)),
                time,
                time,
                Runnable::run,
                announcements));
        ModuleReports reports =
                new ModuleReports(feed, time, module -> registry.find(module).isPresent(), announcements::announceView);
        ModuleViews views = new ModuleViews(manifests, supervision, runtime, catalog, reports);
        UpdateOrderRule orders =
                new UpdateOrderRule(manifest -> Succession.obstacle(runtime, manifest), new LinuxMachine(data));
        Planner planner = new Planner(
                catalog,
                new InstalledSnapshot(registry, manifests, store, supervision),
                new LinuxMachine(data),
                PlanLimits.DEFAULT,
                orders);
        KeptVersions kept = new KeptVersions(registry, versions, store, runtime, RetentionRule.DEFAULT);
        SagaParts parts = new SagaParts(
                self,
                store,
                new PackageFetcher(clients),
                repositories,
                unpacker,
                reader,
                new PackageChecks(planner, runtime, "/usr/bin:/bin"),
                orders,
                registry,
                versions,
                history,
                supervision,
                kept,
                time,
                time,
                PROBATION,
                module -> {
                    announcements.removed(module);
                    tokens.revoke(module);
                    manifests.forget(module);
                    runtime.forget(module);
                });
        operations = new Operations(
                new OperationJournal(database, json),
                new ModuleSagas(parts),
                announcements,
                boundary,
                time,
                (at, action) -> time.after(Duration.between(time.instant(), at), action),
                this::begin);
        announcements.connect(views, operations, supervision, reports);
        modules = new RobotModuleManager(
                self,
                registry,
                history,
                manifests,
                supervision,
                operations,
                planner,
                new UploadedPackages(store, unpacker, reader, DiskSync.none()),
                needs,
                views,
                new Explainer(supervision, needs, history),
                kept,
                new ModuleLogs(store, watch),
                new OperationTimeouts(Duration.ofMinutes(10), PROBATION, 100_000),
                orders,
                Suspension.NONE);
        reconciliation = new StartReconciliation(
                registry,
                store,
                module -> new DiscardStep(module, false, parts).discard(),
                runtime::forget,
                supervision.handOver());
    }

    private Supervision supervision() {
        return supervision;
    }

    private void begin(Runnable task) {
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                task.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        // A thread that a crash ends says nothing.
        thread.setUncaughtExceptionHandler((it, failure) -> {});
        threads.add(thread);
        thread.start();
    }

    void start() {
        reconciliation.bringUp(operations, supervision);
    }

    /** All threads of operations have ended or wait for something that only time or a module can bring. */
    boolean isQuiet() {
        return threads.stream().allMatch(PaperManager::isWaiting);
    }

    private static boolean isWaiting(Thread thread) {
        if (thread.getState() != Thread.State.WAITING) {
            return !thread.isAlive() && thread.getState() == Thread.State.TERMINATED;
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("io.vyra.modulemanager.operation.StopSignal")) {
                return true;
            }
        }
        return false;
    }

    /** Nothing of it acts any more: it cannot write, is not called back, and hears nothing of its modules. */
    void die() throws IOException {
        database.close();
        supervision.detachAll();
        time.dropTimers();
        clients.close();
        watch.close();
    }
}

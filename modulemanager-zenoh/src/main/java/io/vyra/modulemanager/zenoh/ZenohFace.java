package io.vyra.modulemanager.zenoh;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.SystemReport;
import io.vyra.modulemanager.access.Account;
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
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.zenoh.bus.ModuleQueries;
import io.vyra.modulemanager.zenoh.bus.ZenohModuleBus;
import io.vyra.modulemanager.zenoh.command.ApiGround;
import io.vyra.modulemanager.zenoh.command.CommandFace;
import io.vyra.modulemanager.zenoh.connection.BusConnection;
import io.vyra.modulemanager.zenoh.connection.BusReporter;
import io.vyra.modulemanager.zenoh.connection.BusSettings;
import io.vyra.modulemanager.zenoh.connection.FaceRoles;
import io.vyra.modulemanager.zenoh.connection.RouterJournal;
import io.vyra.modulemanager.zenoh.connection.TrafficMeter;
import io.vyra.modulemanager.zenoh.manager.ManagerLog;
import io.vyra.modulemanager.zenoh.manager.ManagerParts;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.modulemanager.zenoh.probe.ZenohProbe;
import io.vyra.modulemanager.zenoh.suspension.ActionSuspension;
import io.vyra.modulemanager.zenoh.watch.FeedWatch;
import io.vyra.modulemanager.zenoh.watch.Heartbeats;
import io.vyra.modulemanager.zenoh.watch.StateReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The whole face, put together by constructor calls. {@link #start} and {@link #close} are called once each, by one thread; what it gives
 * is thread-safe.
 */
public final class ZenohFace implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ZenohFace.class);
    /** Of the manager, and of VYRA's modules. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final Duration SUSPEND_PATIENCE = Duration.ofSeconds(30);
    private static final Duration SUSPEND_LONGEST = Duration.ofSeconds(90);

    private final BusConnection connection;
    private final FeedWatch watch;
    private final ManagerParts manager;
    private final CommandFace commands;
    private final ModuleBus bus;
    private final BusStatus status;
    private final ActionSuspension suspension;
    private final ZenohProbe probe;
    private final BusSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bus-heart").factory());

    /**
     * What the face stands on.
     *
     * @param configured what the manager is configured with, as far as anybody may know it
     * @param accounts who may log in to the REST interface
     */
    public record Ground(
            ModuleManager manager,
            ModuleReports reports,
            ModuleTokens tokens,
            FeedHub hub,
            BusSocket socket,
            ManagerLog log,
            Map<String, String> configured,
            Catalog catalog,
            RepositoryStore repositories,
            RepositoryRefresher refresher,
            ParameterHistory parameters,
            Supplier<List<Account>> accounts,
            SystemReport system,
            InstantSource clock) {}

    /** Nothing is connected yet. */
    public ZenohFace(BusSettings settings, Ground ground) {
        ModuleId self = ground.manager().self();
        JsonPayloads payloads = new JsonPayloads(settings.largestPayload());
        Refusals refusals = new Refusals(ground.clock());
        TrafficMeter traffic = new TrafficMeter();
        Heartbeats heartbeats = new Heartbeats(System::nanoTime);
        FaceRoles roles = new FaceRoles(settings.users(), ground.tokens());
        this.socket = ground.socket();
        this.connection = new BusConnection(settings, self, roles, new RouterJournal(refusals), ground.clock());
        ModuleQueries queries = new ModuleQueries(connection, payloads, refusals, traffic);
        StateReader states = new StateReader(queries, ground.reports(), heartbeats, payloads.object());
        this.watch = new FeedWatch(
                self,
                ground.reports()::hears,
                () -> running(ground.manager()),
                ground.reports(),
                heartbeats,
                states,
                payloads,
                refusals,
                traffic,
                threads);
        this.manager = ManagerParts.of(
                ground.manager(), ground.log(), ground.hub(), ground.configured(), payloads, refusals, ground.clock());
        this.bus = new ZenohModuleBus(queries, states, payloads.object());
        this.status = new BusReporter(connection, traffic, refusals, ground.reports()::hears);
        this.commands = new CommandFace(api(ground, bus, status), connection::callerOf, payloads, refusals);
        this.suspension = new ActionSuspension(
                connection,
                queries,
                states,
                ground.reports(),
                payloads,
                refusals,
                threads,
                SUSPEND_PATIENCE,
                SUSPEND_LONGEST);
        this.probe = new ZenohProbe(connection, queries, heartbeats, payloads);
    }

    private static ApiGround api(Ground ground, ModuleBus bus, BusStatus status) {
        return new ApiGround(
                ground.manager(),
                ground.catalog(),
                ground.repositories(),
                ground.refresher(),
                ground.hub(),
                ground.accounts(),
                ground.system(),
                status,
                bus,
                ground.parameters(),
                ground.clock());
    }

    private static List<ModuleId> running(ModuleManager manager) {
        return manager.modules(Caller.MANAGER).stream()
                .filter(module -> module.runtime().pid().isPresent())
                .map(ModuleView::id)
                .flatMap(id -> ModuleId.parse(id).stream())
                .toList();
    }

    /** Takes the bus up and plugs it into the core. A bus that cannot be reached delays nothing. */
    public void start() {
        connection.start(List.of(watch, manager.module(), manager.feeds(), commands));
        socket.plug(suspension, probe, connection::routers);
        heart.scheduleAtFixedRate(this::beat, 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            manager.feeds().beat();
            watch.lookForSilence();
        } catch (RuntimeException e) {
            // The thread's edge: a heart that stops once does not beat again.
            LOG.errorf(e, "Heartbeat broke");
        }
    }

    public ModuleBus bus() {
        return bus;
    }

    public BusStatus status() {
        return status;
    }

    @Override
    public void close() {
        heart.shutdownNow();
        manager.feeds().close();
        connection.close();
        threads.shutdownNow();
    }
}

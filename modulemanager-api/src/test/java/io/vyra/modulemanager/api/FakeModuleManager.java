package io.vyra.modulemanager.api;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.PlannedOrder;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.semver4j.Semver;

/** A manager without processes or disk: commands become operations that stay pending, and are remembered. */
@Singleton
public class FakeModuleManager implements ModuleManager {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final ModuleId SELF = new ModuleId("v2_modulemanager", "0".repeat(32));

    private final Map<String, ModuleView> modules = new TreeMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Operation> byKey = new HashMap<>();
    private final List<Object> calls = new ArrayList<>();
    private final Map<String, List<Consumer<LogLine>>> followers = new ConcurrentHashMap<>();
    private RuntimeException nextFailure;
    private byte[] lastUpload;

    synchronized void reset() {
        modules.clear();
        operations.clear();
        keys.clear();
        byKey.clear();
        calls.clear();
        nextFailure = null;
    }

    synchronized ModuleView add(String name, boolean visible) {
        ModuleView view = view(new ModuleId(name, UUID.randomUUID().toString().replace("-", "")), visible);
        modules.put(view.id(), view);
        return view;
    }

    /** Puts another state into a module's view. */
    synchronized void state(String id, ModuleView.Phase phase, String lifecycle, String operational, String health) {
        ModuleView it = modules.get(id);
        ModuleView.State state = new ModuleView.State(
                phase, Optional.of(lifecycle), Optional.of(operational), health, NOW, "the module says so");
        modules.put(id, changed(it, state, it.permissions()));
    }

    synchronized void forbidSuspending(String id) {
        ModuleView it = modules.get(id);
        modules.put(
                id,
                changed(
                        it,
                        it.state(),
                        new Manifest.Permissions(it.permissions().visible(), true, true, false, true, false)));
    }

    private static ModuleView changed(ModuleView it, ModuleView.State state, Manifest.Permissions permissions) {
        return new ModuleView(
                it.id(),
                it.name(),
                it.instanceId(),
                it.alias(),
                it.about(),
                it.dependencies(),
                it.version(),
                it.desiredState(),
                it.desiredVersion(),
                state,
                it.runtime(),
                permissions,
                it.primary(),
                it.pinned(),
                it.update(),
                it.operation(),
                it.labels(),
                it.etag());
    }

    synchronized void failNext(RuntimeException failure) {
        nextFailure = failure;
    }

    synchronized List<Object> calls() {
        return List.copyOf(calls);
    }

    synchronized byte[] lastUpload() {
        return lastUpload.clone();
    }

    private static ModuleView view(ModuleId id, boolean visible) {
        ExitEvidence exit = new ExitEvidence(
                1, OptionalInt.of(3), OptionalInt.empty(), false, NOW, Duration.ofMillis(1200), List.of("bye"), "");
        return new ModuleView(
                id.toString(),
                id.name(),
                id.instanceId(),
                Optional.empty(),
                new Manifest.About(
                        "Module " + id.name(),
                        "Does things",
                        "Anna",
                        "a@example.org",
                        Optional.empty(),
                        Optional.empty(),
                        List.of("driver"),
                        true),
                List.of(new Manifest.Dependency("v2_motor", VersionRange.parse("^1.2"), true)),
                Optional.of("1.0.0"),
                DesiredState.RUNNING,
                Optional.empty(),
                new ModuleView.State(
                        ModuleView.Phase.RUNNING,
                        Optional.empty(),
                        Optional.empty(),
                        "healthy",
                        NOW,
                        "its probe passed"),
                new ModuleView.Runtime("process", Optional.of(42L), Optional.of(NOW), 1, Optional.of(exit), List.of()),
                new Manifest.Permissions(visible, true, true, true, true, false),
                true,
                false,
                Optional.of(new ModuleView.AvailableUpdate("1.1.0", "demo")),
                Optional.empty(),
                Map.of("team", "arm"),
                "rev-1");
    }

    /** The manager's own calls, such as those of the metrics, are not what a test waits for. */
    private void failIfAsked(Caller caller) {
        if (nextFailure != null && !caller.equals(Caller.MANAGER)) {
            RuntimeException failure = nextFailure;
            nextFailure = null;
            throw failure;
        }
    }

    @Override
    public Set<ModuleId> readableBy(ModuleId module) {
        return Set.of(module);
    }

    @Override
    public ModuleId self() {
        return SELF;
    }

    @Override
    public synchronized List<ModuleView> modules(Caller caller) {
        failIfAsked(caller);
        return modules.values().stream().filter(view -> maySee(view, caller)).toList();
    }

    private static boolean maySee(ModuleView view, Caller caller) {
        return view.permissions().visible() || caller.role() == Role.ADMIN;
    }

    @Override
    public synchronized ModuleView module(String reference, Caller caller) {
        failIfAsked(caller);
        List<ModuleView> found = modules.values().stream()
                .filter(view -> maySee(view, caller))
                .filter(view -> view.id().equals(reference) || view.name().equals(reference))
                .toList();
        if (found.size() > 1) {
            throw new ProblemException(ProblemType.AMBIGUOUS_MODULE, "Several modules are named '" + reference + "'.");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(ProblemType.MODULE_NOT_FOUND, "No module '" + reference + "'."));
    }

    @Override
    public Explanation explain(String reference, Caller caller) {
        ModuleView view = module(reference, caller);
        return new Explanation(
                view.id(),
                "running",
                "It runs.",
                List.of(new Explanation.Blocker("v2_base", "failed", "is needed")),
                history(reference, 1, caller),
                Optional.empty(),
                5,
                List.of("nothing"));
    }

    @Override
    public List<TransitionView> history(String reference, int limit, Caller caller) {
        return List.of(new TransitionView(module(reference, caller).id(), NOW, "starting", "running", "probe passed"));
    }

    @Override
    public List<KeptVersion> versions(String reference, Caller caller) {
        return List.of(new KeptVersion(module(reference, caller).id(), "1.0.0", 1024, NOW, List.of("current")));
    }

    @Override
    public Plan planInstall(InstallRequest request, Caller caller) {
        failIfAsked(caller);
        return plan(request.name(), Optional.empty());
    }

    @Override
    public Plan planUpdate(String reference, Optional<String> versionRange, Caller caller) {
        return plan(
                module(reference, caller).name(),
                Optional.of(new PlannedOrder(UpdateOrder.STOP_FIRST, "it does not run, so nothing is interrupted")));
    }

    private static Plan plan(String name, Optional<PlannedOrder> order) {
        CatalogEntry entry = new CatalogEntry(
                "demo",
                name,
                new Semver("1.1.0"),
                Optional.empty(),
                "",
                "",
                List.of(),
                Optional.empty(),
                List.of(),
                URI.create("file:///x.tar.gz"),
                OptionalLong.of(10),
                Optional.empty());
        return new Plan(
                List.of(new Plan.PlannedModule(
                        name + "_" + "1".repeat(32), Optional.empty(), entry, Optional.empty(), order)),
                10,
                20,
                30,
                40,
                List.of(8081),
                Duration.ofMillis(500),
                List.of(new Problem(ProblemType.PORT_TAKEN, "Port 8081 is taken.")),
                List.of("careful"));
    }

    @Override
    public Operation install(InstallRequest request, CommandContext context) {
        return begin(Operation.Kind.INSTALL, request.name() + "_" + "2".repeat(32), request, context);
    }

    @Override
    public Operation installFile(
            Path packageFile, Optional<String> instanceId, Optional<Boolean> start, CommandContext context) {
        try {
            lastUpload = Files.readAllBytes(packageFile);
            Files.delete(packageFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return begin(Operation.Kind.INSTALL, "v2_uploaded_" + "3".repeat(32), "upload", context);
    }

    @Override
    public Operation command(String reference, Command command, CommandContext context) {
        String id = module(reference, context.caller()).id();
        return begin(Operation.Kind.valueOf(command.name()), id, command, context);
    }

    @Override
    public Operation change(String reference, ModuleChange change, String ifMatch, CommandContext context) {
        ModuleView view = module(reference, context.caller());
        if (!view.etag().equals(ifMatch)) {
            throw new ProblemException(ProblemType.STALE_ETAG, "It changed.");
        }
        return begin(Operation.Kind.CONFIGURE, view.id(), change, context);
    }

    @Override
    public Operation remove(String reference, boolean keepData, CommandContext context) {
        return begin(Operation.Kind.REMOVE, module(reference, context.caller()).id(), keepData, context);
    }

    private synchronized Operation begin(Operation.Kind kind, String module, Object call, CommandContext context) {
        failIfAsked(context.caller());
        if (context.idempotencyKey().isPresent()) {
            String known = keys.putIfAbsent(context.idempotencyKey().get(), context.requestHash());
            if (known != null && !known.equals(context.requestHash())) {
                throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED, "Other request, same key.");
            }
            if (known != null) {
                return byKey.get(context.idempotencyKey().get());
            }
        }
        calls.add(call);
        Operation operation = new Operation(
                UUID.randomUUID().toString().replace("-", ""),
                kind,
                module,
                new Operation.Origin(
                        "requested by " + context.caller().name(),
                        context.caller().name(),
                        NOW),
                Operation.Progress.pending(
                        List.of(Operation.StepProgress.pending("fetch", "Fetch")), NOW.plusSeconds(600)));
        operations.addFirst(operation);
        context.idempotencyKey().ifPresent(key -> byKey.put(key, operation));
        return operation;
    }

    @Override
    public synchronized List<Operation> operations(OperationFilter filter, Caller caller) {
        return operations.stream()
                .filter(operation ->
                        filter.moduleId().map(operation.moduleId()::equals).orElse(true))
                .filter(operation ->
                        filter.status().map(operation.status()::equals).orElse(true))
                .limit(filter.limit())
                .toList();
    }

    @Override
    public synchronized Operation operation(String id, Caller caller) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.OPERATION_NOT_FOUND, "No operation '" + id + "'."));
    }

    @Override
    public Operation cancel(String id, Caller caller) {
        return operation(id, caller);
    }

    @Override
    public List<LogLine> logs(String reference, int tail, Caller caller) {
        module(reference, caller);
        return List.of(new LogLine(NOW, "stdout", "hello"), new LogLine(NOW, "stderr", "multi\tbyte ✓"))
                .subList(0, Math.min(2, tail));
    }

    @Override
    public ModuleStats stats(String reference, Caller caller) {
        return new ModuleStats(
                module(reference, caller).id(),
                Optional.of(new ModuleProcess.Usage(1.5, 4096, 2)),
                1,
                Duration.ofSeconds(10),
                Duration.ofSeconds(9),
                List.of());
    }

    @Override
    public LogFollowing followLogs(String reference, int tail, Consumer<LogLine> consumer, Caller caller) {
        logs(reference, tail, caller).forEach(consumer);
        String id = module(reference, caller).id();
        followers.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(consumer);
        return () -> followers.get(id).remove(consumer);
    }

    void log(String moduleId, String text) {
        followers
                .getOrDefault(moduleId, List.of())
                .forEach(consumer -> consumer.accept(new LogLine(NOW, "stdout", text)));
    }

    int followers(String moduleId) {
        return followers.getOrDefault(moduleId, List.of()).size();
    }

    @Override
    public List<KeptVersion> retention(Caller caller) {
        return List.of(new KeptVersion("v2_arm_" + "4".repeat(32), "0.9.0", 1024, NOW, List.of()));
    }
}

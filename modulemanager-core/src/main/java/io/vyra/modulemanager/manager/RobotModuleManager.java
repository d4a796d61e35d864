package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Planner;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRecord.Settings;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.OperationRequest.Deploy;
import io.vyra.modulemanager.operation.OperationRequest.Drive;
import io.vyra.modulemanager.operation.OperationRequest.Remove;
import io.vyra.modulemanager.operation.OperationRequest.Rollback;
import io.vyra.modulemanager.operation.Operations;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.supervision.AvailabilityMeter.Reading;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import io.vyra.modulemanager.supervision.Supervision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The application service: checks what may be done, plans it, and hands it to the operations. Thread-safe. */
final class RobotModuleManager implements ModuleManager {
    private static final int EXITS_SHOWN = 20;

    private final ModuleId self;
    private final InstanceRegistry registry;
    private final InstanceHistory history;
    private final InstalledManifests manifests;
    private final Supervision supervision;
    private final Operations operations;
    private final Planner planner;
    private final UploadedPackages uploads;
    private final ModuleNeeds needs;
    private final ModuleViews views;
    private final Explainer explainer;
    private final KeptVersions keptVersions;
    private final ModuleLogs logs;
    private final OperationTimeouts timeouts;

    RobotModuleManager(
            ModuleId self,
            InstanceRegistry registry,
            InstanceHistory history,
            InstalledManifests manifests,
            Supervision supervision,
            Operations operations,
            Planner planner,
            UploadedPackages uploads,
            ModuleNeeds needs,
            ModuleViews views,
            Explainer explainer,
            KeptVersions keptVersions,
            ModuleLogs logs,
            OperationTimeouts timeouts) {
        this.self = self;
        this.registry = registry;
        this.history = history;
        this.manifests = manifests;
        this.supervision = supervision;
        this.operations = operations;
        this.planner = planner;
        this.uploads = uploads;
        this.needs = needs;
        this.views = views;
        this.explainer = explainer;
        this.keptVersions = keptVersions;
        this.logs = logs;
        this.timeouts = timeouts;
    }

    @Override
    public ModuleId self() {
        return self;
    }

    // ---- reading ----

    @Override
    public List<ModuleView> modules(Caller caller) {
        Map<String, String> busy = operations.busyModules();
        return registry.all().stream()
                .filter(record -> views.mayBeSeenBy(record, caller))
                .map(record -> views.view(
                        record, Optional.ofNullable(busy.get(record.id().toString()))))
                .toList();
    }

    @Override
    public ModuleView module(String reference, Caller caller) {
        InstanceRecord record = resolve(reference, caller);
        return views.view(record, operationOn(record));
    }

    @Override
    public Set<ModuleId> readableBy(ModuleId module) {
        Set<ModuleId> readable = new TreeSet<>(needs.needsOf(module));
        readable.add(module);
        return readable;
    }

    /** What a caller may not see is answered exactly like what does not exist. */
    private InstanceRecord resolve(String reference, Caller caller) {
        InstanceRecord record = registry.resolve(reference);
        if (!views.mayBeSeenBy(record, caller)) {
            throw new ProblemException(
                    ProblemType.MODULE_NOT_FOUND,
                    "No installed module has the id, alias or name '" + reference
                            + "'. GET /api/v1/modules lists them.");
        }
        return record;
    }

    private Optional<String> operationOn(InstanceRecord record) {
        return Optional.ofNullable(operations.busyModules().get(record.id().toString()));
    }

    @Override
    public Explanation explain(String reference, Caller caller) {
        InstanceRecord record = resolve(reference, caller);
        return explainer.explain(record, operationOn(record));
    }

    @Override
    public ModuleStats stats(String reference, Caller caller) {
        InstanceRecord record = resolve(reference, caller);
        Optional<ModuleSupervisor> supervisor = supervision.find(record.id());
        Reading availability =
                supervisor.map(ModuleSupervisor::availability).orElse(new Reading(Duration.ZERO, Duration.ZERO));
        return new ModuleStats(
                record.id().toString(),
                supervisor.flatMap(it -> it.state().process()).flatMap(ModuleProcess::usage),
                record.launches().restarts(),
                availability.wanted(),
                availability.running(),
                history.exits(record.id(), EXITS_SHOWN));
    }

    @Override
    public List<TransitionView> history(String reference, int limit, Caller caller) {
        return history.transitions(resolve(reference, caller).id(), limit);
    }

    @Override
    public List<KeptVersion> versions(String reference, Caller caller) {
        return keptVersions.of(resolve(reference, caller).id());
    }

    @Override
    public List<KeptVersion> retention(Caller caller) {
        return registry.all().stream()
                .filter(record -> views.mayBeSeenBy(record, caller))
                .flatMap(record -> keptVersions.of(record.id()).stream())
                .toList();
    }

    @Override
    public List<LogLine> logs(String reference, int tail, Caller caller) {
        return logs.tail(resolve(reference, caller).id(), tail);
    }

    @Override
    public LogFollowing followLogs(String reference, int tail, Consumer<LogLine> consumer, Caller caller) {
        return logs.follow(resolve(reference, caller).id(), tail, consumer);
    }

    @Override
    public List<Operation> operations(OperationFilter filter, Caller caller) {
        return operations.list(filter).stream()
                .filter(operation -> mayBeSeenBy(operation, caller))
                .toList();
    }

    @Override
    public Operation operation(String id, Caller caller) {
        Operation operation = operations.get(id);
        if (!mayBeSeenBy(operation, caller)) {
            throw new ProblemException(
                    ProblemType.OPERATION_NOT_FOUND,
                    "No operation has the id '" + id + "'. GET /api/v1/operations lists them.");
        }
        return operation;
    }

    private boolean mayBeSeenBy(Operation operation, Caller caller) {
        return ModuleId.parse(operation.moduleId())
                .flatMap(registry::find)
                .map(record -> views.mayBeSeenBy(record, caller))
                .orElse(true);
    }

    @Override
    public Operation cancel(String id, Caller caller) {
        operation(id, caller);
        return operations.cancel(id, caller.name());
    }

    // ---- planning ----

    @Override
    public Plan planInstall(InstallRequest request, Caller caller) {
        return planner.planInstall(
                request.name(), range(request.versionRange()), request.repository(), request.instanceId());
    }

    @Override
    public Plan planUpdate(String reference, Optional<String> versionRange, Caller caller) {
        return planner.planUpdate(resolve(reference, caller).id(), range(versionRange));
    }

    private static Optional<VersionRange> range(Optional<String> text) {
        try {
            return text.map(VersionRange::parse);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    e.getMessage(),
                    List.of(new Problem.FieldError("/version", e.getMessage())));
        }
    }

    private static void requireFeasible(Plan plan) {
        if (!plan.isFeasible()) {
            Problem first = plan.blockers().getFirst();
            throw new ProblemException(new Problem(
                    first.type(),
                    String.join(
                            " ", plan.blockers().stream().map(Problem::detail).toList()),
                    first.errors()));
        }
    }

    // ---- commands ----

    @Override
    public Operation install(InstallRequest request, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Plan plan = planInstall(request, context.caller());
        return deploy(Kind.INSTALL, plan, request.start(), Optional.empty(), context);
    }

    @Override
    public Operation installFile(
            Path packageFile, Optional<String> instanceId, Optional<Boolean> start, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            uploads.discard(packageFile);
            return earlier.get();
        }
        try {
            CatalogEntry entry = uploads.entryOf(packageFile);
            Optional<InstanceRecord> present =
                    instanceId.map(uuid -> new ModuleId(entry.name(), uuid)).flatMap(registry::find);
            Plan plan = present.isPresent()
                    ? planner.planUpdate(present.get().id(), entry)
                    : planner.planInstall(entry, instanceId);
            return deploy(
                    present.isPresent() ? Kind.UPDATE : Kind.INSTALL,
                    plan,
                    start,
                    Optional.of(uploads.journaled(packageFile)),
                    context);
        } catch (RuntimeException e) {
            uploads.discard(packageFile);
            throw e;
        }
    }

    private Operation deploy(
            Kind kind, Plan plan, Optional<Boolean> start, Optional<String> file, CommandContext context) {
        requireFeasible(plan);
        String module = plan.steps().stream()
                .filter(step -> step.requiredBy().isEmpty())
                .findFirst()
                .orElseThrow()
                .moduleId();
        Duration timeout = timeouts.deploy(plan);
        return operations.submit(kind, new Deploy(module, plan, start, file), timeout, context);
    }

    @Override
    public Operation command(String reference, Command command, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        InstanceRecord record = resolve(reference, context.caller());
        return switch (command) {
            case START -> drive(Kind.START, record, Desired.RUNNING, false, context);
            case STOP -> drive(Kind.STOP, record, Desired.STOPPED, false, context);
            case RESTART -> drive(Kind.RESTART, record, Desired.RUNNING, true, context);
            case SUSPEND -> {
                requireSuspendable(record);
                yield drive(Kind.SUSPEND, record, Desired.SUSPENDED, false, context);
            }
            case RESUME -> {
                requireSuspended(record);
                yield drive(Kind.RESUME, record, Desired.RUNNING, false, context);
            }
            case ROLLBACK -> rollBack(record, context);
        };
    }

    private Operation drive(
            Kind kind, InstanceRecord record, Desired desired, boolean restart, CommandContext context) {
        Duration timeout = timeouts.drive(manifests.current(record));
        return operations.submit(kind, new Drive(record.id().toString(), desired, restart), timeout, context);
    }

    private void requireSuspendable(InstanceRecord record) {
        Optional<Manifest> manifest = manifests.current(record);
        if (!manifest.map(it -> it.permissions().suspendable()).orElse(false)) {
            throw new ProblemException(
                    ProblemType.PERMISSION_DENIED_BY_MODULE,
                    "Module " + record.id()
                            + " says suspendable: false in .module/module_params.yaml. Stop it instead.");
        }
        if (!manifest.flatMap(Manifest::process).map(it -> it.pausable()).orElse(false)) {
            throw new ProblemException(
                    ProblemType.SUSPEND_NOT_SUPPORTED,
                    "Module " + record.id()
                            + " is a process without a bus, and its .module/module_runtime.yaml does not say pausable: true."
                            + " Stop it instead.");
        }
        if (record.desired() == Desired.STOPPED) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Module " + record.id() + " is stopped, so there is nothing to suspend. Start it first.");
        }
    }

    private static void requireSuspended(InstanceRecord record) {
        if (record.desired() == Desired.STOPPED) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Module " + record.id() + " is stopped, not suspended. Start it instead.");
        }
    }

    private Operation rollBack(InstanceRecord record, CommandContext context) {
        requireUpdatable(record);
        String from = record.versions().current().orElse("");
        String to = record.versions()
                .previous()
                .filter(version -> keptVersions.of(record.id()).stream()
                        .anyMatch(kept -> kept.version().equals(version)))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOTHING_TO_ROLL_BACK,
                        "Module " + record.id() + " has no earlier version on the disk. Set desired_version instead."));
        return operations.submit(
                Kind.ROLLBACK,
                new Rollback(record.id().toString(), from, to),
                timeouts.replace(manifests.current(record)),
                context);
    }

    private void requireUpdatable(InstanceRecord record) {
        if (!manifests.current(record).map(it -> it.permissions().updatable()).orElse(true)) {
            throw new ProblemException(
                    ProblemType.PERMISSION_DENIED_BY_MODULE,
                    "Module " + record.id()
                            + " says updatable: false in .module/module_params.yaml, so its version stays.");
        }
    }

    @Override
    public Operation change(String reference, ModuleChange change, String ifMatch, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        InstanceRecord record = resolve(reference, context.caller());
        requireFresh(record, ifMatch);
        if (change.desiredVersion().isPresent() && change.desiredState().isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "desired_version and desired_state are two operations. Send them one after the other.",
                    List.of(new Problem.FieldError("/desired_state", "not together with desired_version")));
        }
        Optional<Plan> plan = change.desiredVersion().map(version -> planUpdateTo(record, version));
        InstanceRecord changed = applySettings(record, change);
        if (plan.isPresent()) {
            return deploy(Kind.UPDATE, plan.get(), Optional.empty(), Optional.empty(), context);
        }
        if (change.desiredState().isPresent()) {
            return driveTo(changed, change.desiredState().get(), context);
        }
        return drive(Kind.CONFIGURE, changed, changed.desired(), false, context);
    }

    private Plan planUpdateTo(InstanceRecord record, String version) {
        requireUpdatable(record);
        Plan plan = planner.planUpdate(record.id(), range(Optional.of(version)));
        requireFeasible(plan);
        return plan;
    }

    private Operation driveTo(InstanceRecord record, DesiredState state, CommandContext context) {
        String reference = record.id().toString();
        return switch (state) {
            case RUNNING ->
                command(reference, record.desired() == Desired.SUSPENDED ? Command.RESUME : Command.START, context);
            case STOPPED -> command(reference, Command.STOP, context);
            case SUSPENDED -> command(reference, Command.SUSPEND, context);
        };
    }

    private static void requireFresh(InstanceRecord record, String ifMatch) {
        if (!ifMatch.equals("*") && !ifMatch.equals(record.etag())) {
            throw new ProblemException(
                    ProblemType.STALE_ETAG,
                    "Module " + record.id() + " has the ETag " + record.etag() + " now, but If-Match says " + ifMatch
                            + ". Somebody changed it meanwhile: read it again and repeat the change.");
        }
    }

    private InstanceRecord applySettings(InstanceRecord record, ModuleChange change) {
        change.alias().filter(alias -> !alias.isEmpty()).ifPresent(alias -> requireAlias(record, alias));
        if (change.primary().filter(Boolean::booleanValue).isPresent()) {
            registry.makePrimary(record.id());
        }
        return registry.update(record.id(), before -> {
            Settings settings = before.settings();
            if (change.alias().isPresent()) {
                settings = settings.withAlias(change.alias().filter(alias -> !alias.isEmpty()));
            }
            if (change.primary().isPresent()) {
                settings = settings.withPrimary(change.primary().get());
            }
            if (change.pinned().isPresent()) {
                settings = settings.withPinned(change.pinned().get());
            }
            return before.with(settings);
        });
    }

    private void requireAlias(InstanceRecord record, String alias) {
        if (!alias.matches("[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}")) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "An alias has 1 to 64 letters, digits, spaces, '_', '.' or '-', beginning with a letter or digit.",
                    List.of(new Problem.FieldError("/alias", "'" + alias + "' is no alias")));
        }
        registry.findByAlias(alias)
                .filter(other -> !other.id().equals(record.id()))
                .ifPresent(other -> {
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            "The alias '" + alias + "' belongs to " + other.id() + ". Choose another one.");
                });
    }

    @Override
    public Operation remove(String reference, boolean keepData, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        InstanceRecord record = resolve(reference, context.caller());
        Manifest.Permissions permissions =
                manifests.current(record).map(Manifest::permissions).orElse(Manifest.Permissions.DEFAULT);
        if (!permissions.removable()) {
            throw new ProblemException(
                    ProblemType.PERMISSION_DENIED_BY_MODULE,
                    "Module " + record.id() + " says removable: false in .module/module_params.yaml. Stop it instead.");
        }
        List<ModuleId> dependents = needs.dependentsOf(record.id());
        if (!dependents.isEmpty()) {
            throw new ProblemException(
                    ProblemType.MODULE_NEEDED,
                    "Module " + record.id() + " is needed by "
                            + String.join(
                                    ", ",
                                    dependents.stream().map(ModuleId::toString).toList())
                            + ". Remove these first.",
                    dependents.stream()
                            .map(id -> new Problem.FieldError("", id.toString()))
                            .toList());
        }
        return operations.submit(
                Kind.REMOVE,
                new Remove(record.id().toString(), keepData),
                timeouts.drive(manifests.current(record)),
                context);
    }
}

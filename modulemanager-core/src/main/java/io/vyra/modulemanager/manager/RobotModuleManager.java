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
import io.vyra.modulemanager.catalog.UpdateOrderRule;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRegistry;
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
import io.vyra.modulemanager.supervision.Suspension;
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
    private static final Runnable NOTHING_MORE = () -> {};

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
    private final UpdateOrderRule orders;
    private final CommandRules rules;
    private final ModuleSettings settings;

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
            OperationTimeouts timeouts,
            UpdateOrderRule orders,
            Suspension suspension) {
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
        this.orders = orders;
        this.rules = new CommandRules(manifests, needs, suspension::mayServe);
        this.settings = new ModuleSettings(registry);
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
        return deploy(Kind.INSTALL, plan, request.start(), Optional.empty(), context, NOTHING_MORE);
    }

    @Override
    public Operation installFile(
            Path packageFile, Optional<String> instanceId, Optional<Boolean> start, CommandContext context) {
        try {
            Optional<Operation> earlier = operations.replay(context);
            if (earlier.isPresent()) {
                uploads.discard(packageFile);
                return earlier.get();
            }
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
                    context,
                    NOTHING_MORE);
        } catch (RuntimeException e) {
            uploads.discard(packageFile);
            throw e;
        }
    }

    private Operation deploy(
            Kind kind,
            Plan plan,
            Optional<Boolean> start,
            Optional<String> file,
            CommandContext context,
            Runnable accepted) {
        requireFeasible(plan);
        String module = plan.steps().stream()
                .filter(step -> step.requiredBy().isEmpty())
                .findFirst()
                .orElseThrow()
                .moduleId();
        Duration timeout = timeouts.deploy(plan);
        return operations.submit(kind, new Deploy(module, plan, start, file), timeout, context, accepted);
    }

    @Override
    public Operation command(String reference, Command command, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        return drive(resolve(reference, context.caller()), command, context, NOTHING_MORE);
    }

    private Operation drive(InstanceRecord record, Command command, CommandContext context, Runnable accepted) {
        return switch (command) {
            case START -> drive(Kind.START, record, Desired.RUNNING, false, context, accepted);
            case STOP -> drive(Kind.STOP, record, Desired.STOPPED, false, context, accepted);
            case RESTART -> drive(Kind.RESTART, record, Desired.RUNNING, true, context, accepted);
            case SUSPEND -> {
                rules.requireSuspendable(record);
                yield drive(Kind.SUSPEND, record, Desired.SUSPENDED, false, context, accepted);
            }
            case RESUME -> {
                CommandRules.requireSuspended(record);
                yield drive(Kind.RESUME, record, Desired.RUNNING, false, context, accepted);
            }
            case ROLLBACK -> rollBack(record, context);
        };
    }

    private Operation drive(
            Kind kind,
            InstanceRecord record,
            Desired desired,
            boolean restart,
            CommandContext context,
            Runnable accepted) {
        Duration timeout = timeouts.drive(manifests.current(record));
        return operations.submit(kind, new Drive(record.id().toString(), desired, restart), timeout, context, accepted);
    }

    /** Both versions are in the store; what only the moment tells is looked at by the operation. */
    private boolean mayStartFirst(InstanceRecord record, String from, String to) {
        return orders.obstacle(manifests.of(record.id(), from), manifests.of(record.id(), to))
                .isEmpty();
    }

    private Operation rollBack(InstanceRecord record, CommandContext context) {
        rules.requireUpdatable(record);
        String from = record.versions().current().orElse("");
        KeptVersion to = record.versions()
                .previous()
                .flatMap(version -> keptVersions.of(record.id()).stream()
                        .filter(kept -> kept.version().equals(version))
                        .findFirst())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOTHING_TO_ROLL_BACK,
                        "Module " + record.id() + " has no earlier version on the disk. Set desired_version instead."));
        return operations.submit(
                Kind.ROLLBACK,
                new Rollback(record.id().toString(), from, to.version(), mayStartFirst(record, from, to.version())),
                timeouts.rollBack(manifests.current(record), to.bytes()),
                context,
                NOTHING_MORE);
    }

    @Override
    public Operation change(String reference, ModuleChange change, String ifMatch, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        InstanceRecord record = resolve(reference, context.caller());
        settings.check(record, change, ifMatch);
        Runnable apply = () -> settings.apply(record.id(), change, ifMatch);
        if (change.desiredVersion().isPresent()) {
            Plan plan = planUpdateTo(record, change.desiredVersion().get());
            return deploy(Kind.UPDATE, plan, Optional.empty(), Optional.empty(), context, apply);
        }
        return change.desiredState()
                .map(state -> drive(record, commandFor(record, state), context, apply))
                .orElseGet(() -> drive(Kind.CONFIGURE, record, record.desired(), false, context, apply));
    }

    private Plan planUpdateTo(InstanceRecord record, String version) {
        rules.requireUpdatable(record);
        Plan plan = planner.planUpdate(record.id(), range(Optional.of(version)));
        requireFeasible(plan);
        return plan;
    }

    private static Command commandFor(InstanceRecord record, DesiredState state) {
        return switch (state) {
            case RUNNING -> record.desired() == Desired.SUSPENDED ? Command.RESUME : Command.START;
            case STOPPED -> Command.STOP;
            case SUSPENDED -> Command.SUSPEND;
        };
    }

    @Override
    public Operation remove(String reference, boolean keepData, CommandContext context) {
        Optional<Operation> earlier = operations.replay(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        InstanceRecord record = resolve(reference, context.caller());
        rules.requireRemovable(record);
        return operations.submit(
                Kind.REMOVE,
                new Remove(record.id().toString(), keepData),
                timeouts.drive(manifests.current(record)),
                context,
                NOTHING_MORE);
    }
}

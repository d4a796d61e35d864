package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.operation.OperationJournal.IdempotencyKey;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.StateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * All operations of this robot: takes them on, runs those whose modules are free, and lets a newer intent supersede an older one.
 *
 * <p>Thread-safe. At most one operation works on a module; at most one more waits for it.
 */
public final class Operations {
    private static final Logger LOG = Logger.getLogger(Operations.class);

    private static final Duration JOURNAL_RETRY = Duration.ofSeconds(5);

    private final OperationJournal journal;
    private final Sagas sagas;
    private final OperationListener listener;
    private final StepBoundary boundary;
    private final InstantSource clock;
    private final Deadlines deadlines;
    private final Executor executor;

    /** Unfinished operations in the order they came; guarded by {@code this}. */
    private final Map<String, OperationRunner> unfinished = new LinkedHashMap<>();

    private final Set<String> running = new TreeSet<>();
    private boolean stopping;

    /**
     * @param executor runs one operation per task, each on its own thread
     */
    public Operations(
            OperationJournal journal,
            Sagas sagas,
            OperationListener listener,
            StepBoundary boundary,
            InstantSource clock,
            Deadlines deadlines,
            Executor executor) {
        this.journal = journal;
        this.sagas = sagas;
        this.listener = operation -> tell(listener, operation);
        this.boundary = boundary;
        this.clock = clock;
        this.deadlines = deadlines;
        this.executor = executor;
    }

    /** What others make of a change is no reason for an operation to fail. */
    private static void tell(OperationListener listener, Operation operation) {
        try {
            listener.changed(operation);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Listener broke operation=%s", operation.id());
        }
    }

    /** Calls back at a time, for deadlines. */
    @FunctionalInterface
    public interface Deadlines {
        void at(Instant time, Runnable action);
    }

    /** The operation that an idempotency key already stands for. */
    public Optional<Operation> replay(CommandContext context) {
        return context.idempotencyKey()
                .flatMap(key -> journal.operationOf(
                        new IdempotencyKey(key, context.caller().name(), context.requestHash()), clock.instant()))
                .map(this::get);
    }

    /**
     * Takes on an operation. When this returns it is durable, and runs or waits for the operation before it.
     *
     * @param timeout  time after which it gives up and undoes what it did
     * @param accepted what belongs to it and must not happen if it is refused; runs before it is durable, and what it throws
     *                 refuses the operation
     * @throws ProblemException {@code MODULE_BUSY} when a removal of the module is under way
     */
    public Operation submit(
            Kind kind, OperationRequest request, Duration timeout, CommandContext context, Runnable accepted) {
        synchronized (this) {
            Optional<Operation> earlier = replay(context);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            refuseWhileStopping();
            refuseWhileRemoving(kind, request);
            accepted.run();
            OperationRunner runner = create(kind, request, timeout, context);
            Operation operation = runner.snapshot();
            supersedeOlder(runner);
            unfinished.put(operation.id(), runner);
            // Before it runs, so that nobody is told that it waits after being told that it ended.
            listener.changed(operation);
            startWhatCan();
            return operation;
        }
    }

    private OperationRunner create(Kind kind, OperationRequest request, Duration timeout, CommandContext context) {
        Instant now = clock.instant();
        List<Step> steps = sagas.stepsOf(kind, request);
        String caller = context.caller().name();
        Operation operation = new Operation(
                UUID.randomUUID().toString().replace("-", ""),
                kind,
                request.moduleId(),
                new Operation.Origin("requested by " + caller, caller, now),
                Operation.Progress.pending(
                        steps.stream()
                                .map(step -> StepProgress.pending(step.id(), step.title()))
                                .toList(),
                        now.plus(timeout)));
        OperationRecord record = new OperationRecord(operation, request, Map.of(), false);
        journal.create(
                record, context.idempotencyKey().map(key -> new IdempotencyKey(key, caller, context.requestHash())));
        LOG.infof(
                "Operation accepted operation=%s kind=%s module=%s by=%s",
                operation.id(), kind.wire(), operation.moduleId(), operation.createdBy());
        return new OperationRunner(record, steps, journal, listener, boundary, clock);
    }

    private void refuseWhileStopping() {
        if (stopping) {
            throw new ProblemException(
                    ProblemType.SHUTTING_DOWN,
                    "The module manager is stopping and takes no new operation. Try again later.");
        }
    }

    private void refuseWhileRemoving(Kind kind, OperationRequest request) {
        overlapping(request)
                .filter(other -> other.snapshot().kind() == Kind.REMOVE)
                .findFirst()
                .ifPresent(other -> {
                    throw new ProblemException(
                            ProblemType.MODULE_BUSY,
                            "Module " + other.snapshot().moduleId() + " is being removed by operation "
                                    + other.snapshot().id() + ", so " + kind.wire()
                                    + " is not possible. Cancel that operation or wait for its end.");
                });
    }

    private Stream<OperationRunner> overlapping(OperationRequest request) {
        return unfinished.values().stream()
                .filter(other -> !other.snapshot().status().isFinal())
                .filter(other -> !Collections.disjoint(other.request().moduleIds(), request.moduleIds()));
    }

    private void supersedeOlder(OperationRunner newer) {
        Kind kind = newer.snapshot().kind();
        for (OperationRunner older : overlapping(newer.request()).toList()) {
            boolean sameModule =
                    older.request().moduleId().equals(newer.request().moduleId());
            Kind olderKind = older.snapshot().kind();
            boolean replaced = sameModule && isWaiting(older) && replacesWaiting(kind, olderKind);
            if (replaced || supersedes(kind, olderKind, sameModule)) {
                older.stop(new StopReason.SupersededBy(newer.snapshot().id(), kind));
            }
        }
    }

    /** A mere start does not drop an update that was asked for. */
    private static boolean replacesWaiting(Kind newer, Kind waiting) {
        return isMereDrive(newer) && newer != Kind.STOP
                ? isMereDrive(waiting)
                : newer != Kind.CONFIGURE && waiting != Kind.CONFIGURE;
    }

    private static boolean isMereDrive(Kind kind) {
        return switch (kind) {
            case START, STOP, RESTART, SUSPEND, RESUME -> true;
            case INSTALL, UPDATE, ROLLBACK, REMOVE, CONFIGURE -> false;
        };
    }

    /** Its state does not tell: one that may run is pending too until its thread has begun. */
    private boolean isWaiting(OperationRunner runner) {
        for (OperationRunner before : unfinished.values()) {
            if (before == runner) {
                return false;
            }
            if (!before.snapshot().status().isFinal()
                    && !Collections.disjoint(
                            before.request().moduleIds(), runner.request().moduleIds())) {
                return true;
            }
        }
        return false;
    }

    /**
     * What changes a module's version waits for nothing but its like; a mere start or resume waits for an update to end. An
     * installation that only shares a dependency with another one waits for it.
     */
    private static boolean supersedes(Kind newer, Kind older, boolean sameModule) {
        if (newer == Kind.CONFIGURE || older == Kind.CONFIGURE) {
            // Its settings are in force as soon as it is accepted: it undoes nothing, and nothing undoes it.
            return false;
        }
        return switch (newer) {
            case STOP, REMOVE -> true;
            case INSTALL, UPDATE, ROLLBACK -> sameModule;
            case START, RESTART, SUSPEND, RESUME -> isMereDrive(older);
            case CONFIGURE -> false;
        };
    }

    /** Takes up the operations that an earlier run of the manager left unfinished. */
    public synchronized void resume() {
        for (OperationRecord journaled : journal.unfinished()) {
            OperationRecord record = journaled.resumedAt(clock.instant());
            List<Step> steps = sagas.stepsOf(record.operation().kind(), record.request());
            LOG.infof(
                    "Operation resumed operation=%s kind=%s module=%s undoing=%s",
                    record.operation().id(),
                    record.operation().kind().wire(),
                    record.operation().moduleId(),
                    record.undoing());
            OperationRunner runner = new OperationRunner(record, steps, journal, listener, boundary, clock);
            supersedeOlder(runner);
            unfinished.put(record.operation().id(), runner);
        }
        startWhatCan();
    }

    /** What an earlier run of the manager left unfinished; for a start, before {@link #resume()}. */
    public InterruptedOperations interrupted() {
        return InterruptedOperations.of(journal.unfinished());
    }

    /** Modules that an unfinished operation works on or waits for, with that operation's id. */
    public synchronized Map<String, String> busyModules() {
        Map<String, String> busy = new LinkedHashMap<>();
        unfinished.forEach((id, runner) -> {
            if (!runner.snapshot().status().isFinal()) {
                runner.request().moduleIds().forEach(module -> busy.putIfAbsent(module, id));
            }
        });
        return busy;
    }

    private void startWhatCan() {
        Set<String> taken = new TreeSet<>();
        for (OperationRunner runner : List.copyOf(unfinished.values())) {
            Operation operation = runner.snapshot();
            boolean free = Collections.disjoint(taken, runner.request().moduleIds());
            taken.addAll(runner.request().moduleIds());
            if (free && running.add(operation.id())) {
                Instant deadline = operation.startedAt().isPresent()
                        ? operation.deadline()
                        : clock.instant().plus(Duration.between(operation.createdAt(), operation.deadline()));
                deadlines.at(deadline, () -> runner.stop(new StopReason.DeadlinePassed()));
                executor.execute(() -> run(runner));
            }
        }
    }

    private void run(OperationRunner runner) {
        boolean ended;
        try {
            ended = runner.run();
        } catch (StateException e) {
            LOG.errorf(e, "Journal not written operation=%s", runner.snapshot().id());
            resumeLater(runner);
            return;
        }
        synchronized (this) {
            running.remove(runner.snapshot().id());
            if (ended) {
                unfinished.remove(runner.snapshot().id());
            }
            notifyAll();
            if (!stopping) {
                startWhatCan();
            }
        }
    }

    /** The database refuses: the operation stands still, its module stays taken, and it goes on from the journal soon. */
    private void resumeLater(OperationRunner runner) {
        synchronized (this) {
            if (stopping) {
                running.remove(runner.snapshot().id());
                notifyAll();
                return;
            }
        }
        deadlines.at(
                clock.instant().plus(JOURNAL_RETRY),
                () -> executor.execute(() -> {
                    try {
                        journal.find(runner.snapshot().id()).ifPresent(runner::rewind);
                    } catch (StateException e) {
                        LOG.errorf(
                                e,
                                "Journal not read operation=%s",
                                runner.snapshot().id());
                        resumeLater(runner);
                        return;
                    }
                    run(runner);
                }));
    }

    /**
     * Asks an operation to stop and undo itself.
     *
     * @throws ProblemException {@code OPERATION_NOT_FOUND}, or {@code CONFLICT} when it has ended or can only go forward
     */
    public Operation cancel(String id, String caller) {
        OperationRunner runner;
        synchronized (this) {
            runner = unfinished.get(id);
        }
        if (runner == null || runner.snapshot().status().isFinal()) {
            Operation ended = get(id);
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Operation " + id + " has already ended as "
                            + ended.status().wire()
                            + "; nothing is left to cancel. Start the opposite operation instead.");
        }
        if (runner.isPastReturn()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Operation " + id
                            + " is past the point at which it could be undone. Wait for its end, then start the opposite"
                            + " operation.");
        }
        runner.requestCancel();
        runner.stop(new StopReason.CancelledBy(caller));
        return runner.snapshot();
    }

    /** @throws ProblemException {@code OPERATION_NOT_FOUND} */
    public Operation get(String id) {
        synchronized (this) {
            OperationRunner runner = unfinished.get(id);
            if (runner != null) {
                return runner.snapshot();
            }
        }
        return journal.find(id)
                .map(OperationRecord::operation)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.OPERATION_NOT_FOUND,
                        "No operation has the id '" + id + "'; the last " + OperationJournal.KEPT_OPERATIONS
                                + " ended ones are kept. GET /api/v1/operations lists them."));
    }

    /** Operations, newest first; those under way with their present progress. */
    public List<Operation> list(OperationFilter filter) {
        List<Operation> found = new ArrayList<>();
        for (OperationRecord record : journal.list(filter)) {
            synchronized (this) {
                OperationRunner runner = unfinished.get(record.operation().id());
                found.add(runner == null ? record.operation() : runner.snapshot());
            }
        }
        return found;
    }

    /**
     * Stops all operations where they are; they are resumed at the next start.
     *
     * @return false when some did not stop within {@code patience}
     */
    public boolean shutDown(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            stopping = true;
            unfinished.values().forEach(runner -> runner.stop(new StopReason.ManagerStopping()));
            while (!running.isEmpty()) {
                long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }
}

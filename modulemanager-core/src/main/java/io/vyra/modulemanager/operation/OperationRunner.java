package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.operation.StepBoundary.Point;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.StateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries one operation from its journaled state to its end: forward, or, after a failure or a stop, backward.
 *
 * <p>Used by one thread; {@link #snapshot()} and {@link #stop} may be called from any.
 */
final class OperationRunner {
    private static final Logger LOG = Logger.getLogger(OperationRunner.class);
    private static final int UNDO_ATTEMPTS = 3;
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);

    private final OperationJournal journal;
    private final OperationListener listener;
    private final StepBoundary boundary;
    private final InstantSource clock;
    private final List<Step> steps;
    private final StopSignal stopSignal = new StopSignal();
    /** Given only when the manager stops: an undo is not to be stopped by the wish that caused it. */
    private final StopSignal managerStopping = new StopSignal();

    private volatile OperationRecord record;

    OperationRunner(
            OperationRecord record,
            List<Step> steps,
            OperationJournal journal,
            OperationListener listener,
            StepBoundary boundary,
            InstantSource clock) {
        this.record = record;
        this.steps = List.copyOf(steps);
        this.journal = journal;
        this.listener = listener;
        this.boundary = boundary;
        this.clock = clock;
    }

    Operation snapshot() {
        return record.operation();
    }

    OperationRequest request() {
        return record.request();
    }

    void stop(StopReason reason) {
        if (reason instanceof StopReason.ManagerStopping) {
            managerStopping.give(reason);
        }
        stopSignal.give(reason);
    }

    /** Makes the wish to cancel durable, so that a restarted manager still undoes it. */
    synchronized void requestCancel() {
        if (!snapshot().status().isFinal()) {
            replace(OperationProgress.withCancelRequested(snapshot()));
            journal.save(record);
            listener.changed(snapshot());
        }
    }

    /** Whether everything left to do can only go forward. */
    boolean isPastReturn() {
        for (int i = 0; i < steps.size(); i++) {
            // Once begun: what it gives up may be gone already.
            if (steps.get(i).isPointOfNoReturn() && stepAt(i).status() != StepStatus.PENDING) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs to the end.
     *
     * @return false when the manager is stopping: the operation stays as it is and is resumed at the next start
     * @throws StateException when the journal could not be written; the operation stands as the journal says, see {@link #rewind}
     */
    boolean run() {
        try {
            beginDeadline();
            if (snapshot().cancelRequested() && !isPastReturn()) {
                stop(new StopReason.CancelledBy(snapshot().createdBy()));
            }
            return record.undoing() ? undo() : perform();
        } catch (StateException e) {
            throw e;
        } catch (RuntimeException e) {
            // The thread's edge: without this the operation would look alive for ever.
            LOG.errorf(
                    e,
                    "Operation broke operation=%s kind=%s",
                    snapshot().id(),
                    snapshot().kind());
            finish(Operation.Status.FAILED, Optional.of(problemOf(e)));
            return true;
        }
    }

    /** Goes back to what the journal says, as a restarted manager would. Not while {@link #run} runs. */
    synchronized void rewind(OperationRecord journaled) {
        record = journaled;
    }

    /** The time an operation waited for another one does not count. */
    private synchronized void beginDeadline() {
        if (snapshot().startedAt().isEmpty()) {
            replace(OperationProgress.withDeadlineFrom(snapshot(), clock.instant()));
        }
    }

    private boolean perform() {
        mark(Operation.Status.RUNNING, Optional.empty());
        for (int i = 0; i < steps.size(); i++) {
            if (stepAt(i).status() == StepStatus.DONE) {
                continue;
            }
            try {
                if (!isPastReturn()) {
                    stopSignal.check();
                }
                performStep(i);
            } catch (OperationStopped e) {
                if (isManagerStopping()) {
                    return false;
                }
                return stopped(i, e.reason());
            } catch (RuntimeException e) {
                return failed(i, e);
            }
        }
        finish(Operation.Status.SUCCEEDED, Optional.empty());
        return true;
    }

    private void performStep(int i) {
        Step step = steps.get(i);
        pass(step, Point.BEFORE_JOURNAL);
        saveStep(i, StepStatus.RUNNING, "");
        pass(step, Point.BEFORE_WORK);
        step.perform(new Context(i, stopSignal));
        pass(step, Point.AFTER_WORK);
        saveStep(i, StepStatus.DONE, stepAt(i).detail());
        pass(step, Point.AFTER_JOURNAL);
    }

    private boolean stopped(int i, StopReason reason) {
        Problem problem = new Problem(
                reason instanceof StopReason.DeadlinePassed ? ProblemType.TIMED_OUT : ProblemType.CONFLICT,
                "The operation was stopped while " + lowerCaseFirst(steps.get(i).title()) + ": " + reason.inWords()
                        + ".");
        return turnBack(i, problem, reason.inWords());
    }

    private boolean failed(int i, RuntimeException failure) {
        Problem problem = problemOf(failure);
        if (problem.type() == ProblemType.INTERNAL_ERROR) {
            LOG.errorf(
                    failure,
                    "Step broke operation=%s step=%s",
                    snapshot().id(),
                    steps.get(i).id());
        } else {
            LOG.infof(
                    "Step failed operation=%s step=%s cause=%s",
                    snapshot().id(), steps.get(i).id(), problem.detail());
        }
        return turnBack(i, problem, problem.detail());
    }

    private boolean turnBack(int i, Problem problem, String detail) {
        if (isPastReturn()) {
            saveStep(i, StepStatus.FAILED, detail);
            finish(isStoppedByWish() ? Operation.Status.CANCELLED : Operation.Status.FAILED, Optional.of(problem));
            return true;
        }
        beginUndo(i, problem, detail);
        return undo();
    }

    private synchronized void beginUndo(int i, Problem problem, String detail) {
        // A step that a stop kept from beginning did nothing, and must not be undone.
        if (stepAt(i).status() != StepStatus.PENDING) {
            replaceStep(i, OperationProgress.step(stepAt(i), StepStatus.FAILED, clock.instant(), detail));
        }
        record = new OperationRecord(
                OperationProgress.withStatus(
                        snapshot(), Operation.Status.RUNNING, clock.instant(), Optional.of(problem)),
                record.request(),
                record.memory(),
                true);
        journal.save(record, i);
        listener.changed(snapshot());
    }

    private boolean undo() {
        boolean undidWork = false;
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepStatus status = stepAt(i).status();
            if (status == StepStatus.PENDING || status == StepStatus.SKIPPED) {
                continue;
            }
            undidWork |= status != StepStatus.FAILED;
            if (status != StepStatus.UNDONE && !undoStep(i)) {
                return !isManagerStopping();
            }
        }
        Problem problem = snapshot().problem().orElseThrow();
        Operation.Status end;
        if (isStoppedByWish()) {
            end = Operation.Status.CANCELLED;
        } else {
            end = undidWork ? Operation.Status.ROLLED_BACK : Operation.Status.FAILED;
        }
        finish(end, Optional.of(problem));
        return true;
    }

    private boolean undoStep(int i) {
        Step step = steps.get(i);
        String why = stepAt(i).detail();
        for (int attempt = 1; ; attempt++) {
            try {
                pass(step, Point.BEFORE_UNDO);
                saveStep(i, StepStatus.UNDOING, why);
                step.undo(new Context(i, managerStopping));
                saveStep(i, StepStatus.UNDONE, why);
                pass(step, Point.AFTER_UNDO);
                return true;
            } catch (OperationStopped e) {
                return false;
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "Undo failed operation=%s step=%s attempt=%d",
                        snapshot().id(),
                        step.id(),
                        attempt);
                if (attempt == UNDO_ATTEMPTS) {
                    Problem problem = new Problem(
                            problemOf(e).type(),
                            snapshot().problem().map(Problem::detail).orElse("") + " Undoing it failed too, while "
                                    + lowerCaseFirst(step.title()) + ": "
                                    + problemOf(e).detail()
                                    + " What is left of it is tidied up when the module manager starts again; look at the module"
                                    + " and remove it if it does not work.");
                    saveStep(i, StepStatus.FAILED, problemOf(e).detail());
                    finish(Operation.Status.FAILED, Optional.of(problem));
                    return false;
                }
            }
        }
    }

    private boolean isStoppedByWish() {
        return snapshot().cancelRequested()
                || stopSignal
                        .reason()
                        .filter(reason ->
                                reason instanceof StopReason.CancelledBy || reason instanceof StopReason.SupersededBy)
                        .isPresent();
    }

    private boolean isManagerStopping() {
        return managerStopping.isGiven();
    }

    private static Problem problemOf(RuntimeException failure) {
        if (failure instanceof ProblemException problem) {
            return problem.problem();
        }
        if (failure instanceof StateException state) {
            return new Problem(
                    state.isDiskFull() ? ProblemType.DISK_FULL : ProblemType.INTERNAL_ERROR,
                    String.valueOf(state.getMessage()));
        }
        return new Problem(
                ProblemType.INTERNAL_ERROR,
                "Something unforeseen happened: " + failure.getClass().getSimpleName()
                        + ". The manager's log has the details.");
    }

    private static String lowerCaseFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private void finish(Operation.Status status, Optional<Problem> problem) {
        mark(status, problem);
        LOG.infof(
                "Operation ended operation=%s kind=%s module=%s status=%s cause=%s",
                snapshot().id(),
                snapshot().kind().wire(),
                snapshot().moduleId(),
                status.wire(),
                problem.map(Problem::detail).orElse("done"));
    }

    private synchronized void mark(Operation.Status status, Optional<Problem> problem) {
        replace(OperationProgress.withStatus(snapshot(), status, clock.instant(), problem));
        journal.save(record);
        listener.changed(snapshot());
    }

    private synchronized void saveStep(int i, StepStatus status, String detail) {
        replaceStep(i, OperationProgress.step(stepAt(i), status, clock.instant(), detail));
        journal.save(record, i);
        listener.changed(snapshot());
    }

    private synchronized void replaceStep(int i, StepProgress step) {
        replace(OperationProgress.withStep(snapshot(), i, step));
    }

    private synchronized void replace(Operation operation) {
        record = new OperationRecord(operation, record.request(), record.memory(), record.undoing());
    }

    private StepProgress stepAt(int i) {
        return snapshot().steps().get(i);
    }

    private void pass(Step step, Point point) {
        boundary.reached(snapshot().kind(), step.id(), point);
    }

    private final class Context implements StepContext {
        private final int position;
        private final StopSignal signal;
        private long lastToldAt;

        Context(int position, StopSignal signal) {
            this.position = position;
            this.signal = signal;
        }

        @Override
        public String operationId() {
            return snapshot().id();
        }

        @Override
        public String createdBy() {
            return snapshot().createdBy();
        }

        @Override
        public void progress(int percent, String detail) {
            replaceStep(position, OperationProgress.step(stepAt(position), percent, detail));
            long now = clock.millis();
            if (now - lastToldAt >= PROGRESS_INTERVAL.toMillis()) {
                lastToldAt = now;
                listener.changed(snapshot());
            }
        }

        @Override
        public void remember(String key, String value) {
            synchronized (OperationRunner.this) {
                Map<String, String> memory = new HashMap<>(record.memory());
                memory.put(key, value);
                record = new OperationRecord(record.operation(), record.request(), memory, record.undoing());
                journal.save(record);
            }
        }

        @Override
        public Optional<String> recall(String key) {
            return Optional.ofNullable(record.memory().get(key));
        }

        @Override
        public boolean isCancelled() {
            return snapshot().cancelRequested();
        }

        @Override
        public StopSignal stopSignal() {
            return signal;
        }
    }
}

package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an operation's snapshot follows from the one before it. Pure. */
final class OperationProgress {
    private OperationProgress() {}

    /** Steps weigh the same: a user wants to see movement, not a forecast. */
    static int percent(Operation.Status status, List<StepProgress> steps) {
        if (status == Operation.Status.SUCCEEDED) {
            return 100;
        }
        if (steps.isEmpty()) {
            return 0;
        }
        int sum = 0;
        for (StepProgress step : steps) {
            sum += switch (step.status()) {
                case DONE, SKIPPED -> 100;
                case RUNNING, FAILED -> step.percent();
                case PENDING, UNDOING, UNDONE -> 0;
            };
        }
        return Math.min(99, sum / steps.size());
    }

    static Operation withStatus(Operation it, Operation.Status status, Instant at, Optional<Problem> problem) {
        return new Operation(
                it.id(),
                it.kind(),
                it.moduleId(),
                status,
                percent(status, it.steps()),
                it.steps(),
                it.cause(),
                it.createdBy(),
                it.createdAt(),
                it.startedAt().or(() -> Optional.of(at)),
                it.deadline(),
                status.isFinal() ? Optional.of(at) : Optional.empty(),
                it.cancelRequested(),
                problem);
    }

    /** The same patience, counted from {@code start} on. */
    static Operation withDeadlineFrom(Operation it, Instant start) {
        return new Operation(
                it.id(),
                it.kind(),
                it.moduleId(),
                it.status(),
                it.percent(),
                it.steps(),
                it.cause(),
                it.createdBy(),
                it.createdAt(),
                it.startedAt(),
                start.plus(Duration.between(it.createdAt(), it.deadline())),
                it.endedAt(),
                it.cancelRequested(),
                it.problem());
    }

    static Operation withCancelRequested(Operation it) {
        return new Operation(
                it.id(),
                it.kind(),
                it.moduleId(),
                it.status(),
                it.percent(),
                it.steps(),
                it.cause(),
                it.createdBy(),
                it.createdAt(),
                it.startedAt(),
                it.deadline(),
                it.endedAt(),
                true,
                it.problem());
    }

    static Operation withStep(Operation it, int position, StepProgress step) {
        List<StepProgress> steps = new ArrayList<>(it.steps());
        steps.set(position, step);
        return new Operation(
                it.id(),
                it.kind(),
                it.moduleId(),
                it.status(),
                percent(it.status(), steps),
                steps,
                it.cause(),
                it.createdBy(),
                it.createdAt(),
                it.startedAt(),
                it.deadline(),
                it.endedAt(),
                it.cancelRequested(),
                it.problem());
    }

    static StepProgress step(StepProgress it, StepStatus status, Instant at, String detail) {
        boolean ended = switch (status) {
            case DONE, FAILED, UNDONE, SKIPPED -> true;
            case PENDING, RUNNING, UNDOING -> false;
        };
        return new StepProgress(
                it.id(),
                it.title(),
                status,
                status == StepStatus.DONE ? 100 : it.percent(),
                it.startedAt().or(() -> Optional.of(at)),
                ended ? Optional.of(at) : Optional.empty(),
                detail);
    }

    static StepProgress step(StepProgress it, int percent, String detail) {
        return new StepProgress(it.id(), it.title(), it.status(), percent, it.startedAt(), it.endedAt(), detail);
    }
}

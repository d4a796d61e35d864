package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.operation.Operation.Progress;
import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How an operation's snapshot follows from the one before it. Pure. */
final class OperationProgress {
    private OperationProgress() {}

    static Operation withStatus(Operation it, Operation.Status status, Instant at, Optional<Problem> problem) {
        return with(
                it,
                new Progress(
                        status,
                        it.steps(),
                        it.startedAt().or(() -> Optional.of(at)),
                        it.deadline(),
                        status.isFinal() ? Optional.of(at) : Optional.empty(),
                        it.cancelRequested(),
                        problem));
    }

    /** The same patience, counted from {@code start} on. */
    static Operation withDeadlineFrom(Operation it, Instant start) {
        return withDeadline(it, start.plus(Duration.between(it.createdAt(), it.deadline())));
    }

    /**
     * The patience that was left when it was last heard of: neither the time without a manager nor a clock that was wrong after a
     * power cut is a reason to give up.
     */
    static Operation resumedAt(Operation it, Instant now) {
        Instant lastHeardOf = Stream.concat(
                        Stream.of(it.createdAt(), it.startedAt().orElse(it.createdAt())),
                        it.steps().stream()
                                .flatMap(step -> Stream.concat(step.startedAt().stream(), step.endedAt().stream())))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return withDeadline(it, now.plus(Duration.between(lastHeardOf, it.deadline())));
    }

    private static Operation withDeadline(Operation it, Instant deadline) {
        return with(
                it,
                new Progress(
                        it.status(),
                        it.steps(),
                        it.startedAt(),
                        deadline,
                        it.endedAt(),
                        it.cancelRequested(),
                        it.problem()));
    }

    static Operation withCancelRequested(Operation it) {
        return with(
                it,
                new Progress(it.status(), it.steps(), it.startedAt(), it.deadline(), it.endedAt(), true, it.problem()));
    }

    static Operation withStep(Operation it, int position, StepProgress step) {
        List<StepProgress> steps = new ArrayList<>(it.steps());
        steps.set(position, step);
        return with(
                it,
                new Progress(
                        it.status(),
                        steps,
                        it.startedAt(),
                        it.deadline(),
                        it.endedAt(),
                        it.cancelRequested(),
                        it.problem()));
    }

    private static Operation with(Operation it, Progress progress) {
        return new Operation(it.id(), it.kind(), it.moduleId(), it.origin(), progress);
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

package io.vyra.modulemanager.api.operation;

import io.vyra.modulemanager.api.problem.ProblemBody;
import io.vyra.modulemanager.operation.Operation;
import java.time.Instant;
import java.util.List;

/** An operation as the API shows it. */
public record OperationBody(
        String id,
        String kind,
        String moduleId,
        String status,
        int percent,
        List<Step> steps,
        String cause,
        String createdBy,
        Instant createdAt,
        Instant startedAt,
        Instant deadline,
        Instant endedAt,
        boolean cancelRequested,
        ProblemBody problem) {

    public record Step(
            String id, String title, String status, int percent, Instant startedAt, Instant endedAt, String detail) {}

    /**
     * @param prefix what the client's addresses begin with
     */
    public static OperationBody of(Operation operation, String prefix) {
        List<Step> steps = operation.steps().stream()
                .map(step -> new Step(
                        step.id(),
                        step.title(),
                        step.status().wire(),
                        step.percent(),
                        step.startedAt().orElse(null),
                        step.endedAt().orElse(null),
                        step.detail()))
                .toList();
        return new OperationBody(
                operation.id(),
                operation.kind().wire(),
                operation.moduleId(),
                operation.status().wire(),
                operation.percent(),
                steps,
                operation.cause(),
                operation.createdBy(),
                operation.createdAt(),
                operation.startedAt().orElse(null),
                operation.deadline(),
                operation.endedAt().orElse(null),
                operation.cancelRequested(),
                operation
                        .problem()
                        .map(problem -> ProblemBody.embedded(problem, prefix))
                        .orElse(null));
    }
}

package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.api.problem.ProblemBody;
import io.vyra.modulemanager.catalog.Plan;
import java.util.List;

/** A plan as the API shows it. */
public record PlanBody(
        boolean feasible,
        List<Step> steps,
        long downloadBytes,
        long diskBytes,
        long diskFreeBytes,
        long memoryBytes,
        List<Integer> ports,
        double downtime,
        List<ProblemBody> blockers,
        List<String> warnings) {

    public record Step(
            String moduleId,
            String name,
            String fromVersion,
            String version,
            String repository,
            Long size,
            String requiredBy,
            UpdateOrder updateOrder) {}

    public record UpdateOrder(String order, String reason) {}

    static PlanBody of(Plan plan, String prefix) {
        return new PlanBody(
                plan.isFeasible(),
                plan.steps().stream().map(PlanBody::step).toList(),
                plan.downloadBytes(),
                plan.diskBytes(),
                plan.diskFreeBytes(),
                plan.memoryBytes(),
                plan.ports(),
                plan.downtime().toMillis() / 1000.0,
                plan.blockers().stream()
                        .map(problem -> ProblemBody.embedded(problem, prefix))
                        .toList(),
                plan.warnings());
    }

    private static Step step(Plan.PlannedModule planned) {
        return new Step(
                planned.moduleId(),
                planned.entry().name(),
                planned.fromVersion().orElse(null),
                planned.entry().version().toString(),
                planned.entry().repositoryId(),
                planned.entry().size().isPresent() ? planned.entry().size().getAsLong() : null,
                planned.requiredBy().orElse(null),
                planned.order()
                        .map(chosen -> new UpdateOrder(chosen.order().wire(), chosen.reason()))
                        .orElse(null));
    }
}

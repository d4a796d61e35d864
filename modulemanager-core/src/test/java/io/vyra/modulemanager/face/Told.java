package io.vyra.modulemanager.face;

import io.vyra.modulemanager.Explanation.Blocker;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.problem.Problem.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What every face tells, in one form; where a message has no way to leave a text out, it is empty. */
public final class Told {
    private Told() {}

    public record Module(
            String id,
            String name,
            String instanceId,
            String alias,
            String displayName,
            String version,
            String desiredState,
            String desiredVersion,
            String phase,
            String health,
            String reason,
            boolean primary,
            boolean pinned,
            String updateVersion,
            String operation) {
        static Module of(ModuleView view) {
            return new Module(
                    view.id(),
                    view.name(),
                    view.instanceId(),
                    view.alias().orElse(""),
                    view.about().displayName(),
                    view.version().orElse(""),
                    view.desiredState().name().toLowerCase(Locale.ROOT),
                    view.desiredVersion().orElse(""),
                    view.state().phase().wire(),
                    view.state().health(),
                    view.state().reason(),
                    view.primary(),
                    view.pinned(),
                    view.update().map(ModuleView.AvailableUpdate::version).orElse(""),
                    view.operation().orElse(""));
        }
    }

    /** A change of phase. */
    public record Transition(String from, String to, String cause) {
        static Transition of(TransitionView view) {
            return new Transition(view.from(), view.to(), view.cause());
        }
    }

    public record Explanation(
            String moduleId,
            String phase,
            String summary,
            List<Blocker> blockedBy,
            List<Transition> lastTransitions,
            boolean willRetry,
            int restartsLeft,
            List<String> unblock) {
        static Explanation of(io.vyra.modulemanager.Explanation explanation) {
            return new Explanation(
                    explanation.moduleId(),
                    explanation.phase(),
                    explanation.summary(),
                    explanation.blockedBy(),
                    explanation.lastTransitions().stream().map(Transition::of).toList(),
                    explanation.nextRetry().isPresent(),
                    explanation.restartsLeft(),
                    explanation.unblock());
        }
    }

    public record Step(String id, String title, String status, int percent, String detail) {
        static Step of(StepProgress step) {
            return new Step(step.id(), step.title(), step.status().wire(), step.percent(), step.detail());
        }
    }

    /** How far an operation is. */
    public record Operation(
            String id, String moduleId, String status, int percent, List<Step> steps, Optional<Problem> problem) {
        static Operation of(io.vyra.modulemanager.operation.Operation operation) {
            return new Operation(
                    operation.id(),
                    operation.moduleId(),
                    operation.status().wire(),
                    operation.percent(),
                    operation.steps().stream().map(Step::of).toList(),
                    operation.problem().map(Problem::of));
        }
    }

    /** @param type reference of the page that explains it (RFC 9457, section 3.1.1) */
    public record Problem(String type, String code, String title, int status, String detail, List<FieldError> errors) {
        static Problem of(io.vyra.modulemanager.problem.Problem problem) {
            return new Problem(
                    "/problems/" + problem.type().code(),
                    problem.type().code(),
                    problem.type().title(),
                    problem.type().status(),
                    problem.detail(),
                    problem.errors());
        }
    }
}

package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the core tells as messages of {@code vyra_modulemanager_interfaces}: what is empty there is left out, and so has its default. */
final class Messages {
    private Messages() {}

    static Map<String, Object> time(Instant instant) {
        // builtin_interfaces/msg/Time ends in 2038.
        long seconds = Math.clamp(instant.getEpochSecond(), Integer.MIN_VALUE, Integer.MAX_VALUE);
        return Map.of("sec", (int) seconds, "nanosec", instant.getNano());
    }

    static Map<String, Object> module(ModuleView view) {
        Map<String, Object> message = new HashMap<>();
        message.put("id", view.id());
        message.put("name", view.name());
        message.put("instance_id", view.instanceId());
        view.alias().ifPresent(alias -> message.put("alias", alias));
        message.put("display_name", view.about().displayName());
        view.version().ifPresent(version -> message.put("version", version));
        message.put("desired_state", view.desiredState().name().toLowerCase(Locale.ROOT));
        view.desiredVersion().ifPresent(version -> message.put("desired_version", version));
        message.put("phase", view.state().phase().wire());
        view.state().lifecycle().ifPresent(value -> message.put("lifecycle", value));
        view.state().operational().ifPresent(value -> message.put("operational", value));
        message.put("health", view.state().health());
        message.put("since", time(view.state().since()));
        message.put("reason", view.state().reason());
        message.put("primary", view.primary());
        message.put("pinned", view.pinned());
        view.update().ifPresent(update -> message.put("update_version", update.version()));
        view.operation().ifPresent(operation -> message.put("operation_id", operation));
        return message;
    }

    static Map<String, Object> problem(Problem problem) {
        return Map.of(
                "code", problem.type().code(),
                "title", problem.type().title(),
                "status", problem.type().status(),
                "detail", problem.detail(),
                "errors",
                        problem.errors().stream()
                                .map(error -> Map.of("pointer", error.pointer(), "detail", error.detail()))
                                .toList());
    }

    static Map<String, Object> explanation(Explanation explanation) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("module_id", explanation.moduleId());
        message.put("phase", explanation.phase());
        message.put("summary", explanation.summary());
        message.put(
                "blocked_by",
                explanation.blockedBy().stream()
                        .map(blocker -> Map.of(
                                "module_id", blocker.moduleId(), "phase", blocker.phase(), "reason", blocker.reason()))
                        .toList());
        message.put(
                "last_transitions",
                explanation.lastTransitions().stream().map(Messages::transition).toList());
        message.put("will_retry", explanation.nextRetry().isPresent());
        explanation.nextRetry().ifPresent(at -> message.put("next_retry", time(at)));
        message.put("restarts_left", explanation.restartsLeft());
        message.put("unblock", explanation.unblock());
        return message;
    }

    private static Map<String, Object> transition(TransitionView transition) {
        return Map.of(
                "stamp", time(transition.at()),
                "from_phase", transition.from(),
                "to_phase", transition.to(),
                "cause", transition.cause());
    }

    /** The feedback of every action. */
    static Map<String, Object> feedback(Operation operation) {
        Map<String, Object> message = new HashMap<>(reference(operation));
        message.put("percent", operation.percent());
        message.put("steps", operation.steps().stream().map(Messages::step).toList());
        return message;
    }

    /** What the results of all actions say of the operation. */
    static Map<String, Object> reference(Operation operation) {
        return Map.of(
                "operation_id", operation.id(),
                "module_id", operation.moduleId(),
                "status", operation.status().wire());
    }

    private static Map<String, Object> step(Operation.StepProgress step) {
        return Map.of(
                "id", step.id(),
                "title", step.title(),
                "status", step.status().wire(),
                "percent", step.percent(),
                "detail", step.detail());
    }

    static List<Map<String, Object>> modules(List<ModuleView> views) {
        return views.stream().map(Messages::module).toList();
    }
}

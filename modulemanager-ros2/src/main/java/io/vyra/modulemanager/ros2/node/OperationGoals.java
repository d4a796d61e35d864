package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.feed.Subscription;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.ros2.port.GoalHandler;
import io.vyra.ros2.graph.GoalOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Goals that are operations: feedback for each change, the operation's end as the result. Who may not begin one gets a goal that is aborted
 * with the problem, for a goal that is rejected says nothing. A request to cancel is granted as long as the operation can be undone.
 * Thread-safe.
 */
final class OperationGoals {
    /** How soon a change is seen of which nothing was told. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final int BATCH = 64;

    private final Commands commands;
    private final Answering answering;
    private final FeedHub hub;

    OperationGoals(Commands commands, Answering answering, FeedHub hub) {
        this.commands = commands;
        this.answering = answering;
        this.hub = hub;
    }

    GoalHandler handler(String name, Function<Map<String, Object>, Operation> begin) {
        return goal -> {
            Map<String, Object> begun = answering.answer(
                    name,
                    () -> Map.of("operation_id", begin.apply(goal.request()).id()));
            return begun.get("operation_id") instanceof String id ? follow(goal, id) : GoalOutcome.aborted(begun);
        };
    }

    private GoalOutcome follow(GoalHandler.Goal goal, String id) throws InterruptedException {
        try (Subscription changes = hub.subscribe(event -> event instanceof FeedEvent.OperationChanged changed
                && changed.operation().id().equals(id))) {
            AtomicBoolean isCanceled = new AtomicBoolean();
            goal.onCancel(() -> cancel(id, isCanceled));
            if (goal.isCancelRequested()) {
                cancel(id, isCanceled);
            }
            Operation operation = read(id);
            Map<String, Object> told = tell(goal, operation, Map.of());
            while (!operation.status().isFinal()) {
                changes.take(BATCH, LOOK);
                operation = read(id);
                told = tell(goal, operation, told);
            }
            return outcome(operation, isCanceled.get());
        }
    }

    private Operation read(String id) {
        return commands.manager().operation(id, Caller.MANAGER);
    }

    private static Map<String, Object> tell(GoalHandler.Goal goal, Operation operation, Map<String, Object> told) {
        Map<String, Object> feedback = Messages.feedback(operation);
        if (!feedback.equals(told)) {
            goal.publishFeedback(feedback);
        }
        return feedback;
    }

    private boolean cancel(String id, AtomicBoolean isCanceled) {
        // Before it is asked for: the operation may have ended by that when the call returns.
        boolean wasCanceled = isCanceled.getAndSet(true);
        try {
            commands.manager().cancel(id, commands.caller());
            return true;
        } catch (ProblemException e) {
            // It ended meanwhile, or is past the last step that can be undone: then its end is the answer.
            isCanceled.set(wasCanceled);
            return false;
        }
    }

    private GoalOutcome outcome(Operation operation, boolean isCanceled) {
        Map<String, Object> result = new HashMap<>(Messages.reference(operation));
        result.put("success", operation.status() == Operation.Status.SUCCEEDED);
        operation.problem().ifPresent(problem -> result.put("problem", Messages.problem(problem)));
        return switch (operation.status()) {
            case SUCCEEDED -> GoalOutcome.succeeded(result);
            case CANCELLED, ROLLED_BACK -> isCanceled ? GoalOutcome.canceled(result) : GoalOutcome.aborted(result);
            case FAILED, PENDING, RUNNING, WAITING_FOR_USER -> GoalOutcome.aborted(result);
        };
    }
}

package io.vyra.ros2.graph;

import java.util.Map;

/**
 * How a goal ended.
 *
 * @param status a terminal one
 * @param result what it leaves out has its default
 */
public record GoalOutcome(GoalStatus status, Map<String, Object> result) {
    public GoalOutcome {
        if (!status.isTerminal()) {
            throw new IllegalArgumentException("A goal does not end as " + status);
        }
    }

    public static GoalOutcome succeeded(Map<String, Object> result) {
        return new GoalOutcome(GoalStatus.SUCCEEDED, result);
    }

    public static GoalOutcome canceled(Map<String, Object> result) {
        return new GoalOutcome(GoalStatus.CANCELED, result);
    }

    public static GoalOutcome aborted(Map<String, Object> result) {
        return new GoalOutcome(GoalStatus.ABORTED, result);
    }
}

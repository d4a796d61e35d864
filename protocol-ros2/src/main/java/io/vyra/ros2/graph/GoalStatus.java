package io.vyra.ros2.graph;

/** Where a goal is, in the order of action_msgs/msg/GoalStatus. */
public enum GoalStatus {
    UNKNOWN,
    ACCEPTED,
    EXECUTING,
    CANCELING,
    SUCCEEDED,
    CANCELED,
    ABORTED;

    public boolean isTerminal() {
        return compareTo(SUCCEEDED) >= 0;
    }

    static GoalStatus of(Object number) {
        int index = ((Number) number).intValue();
        return index >= 0 && index < values().length ? values()[index] : UNKNOWN;
    }
}

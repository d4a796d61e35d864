package io.vyra.modulemanager.ros2.port;

import io.vyra.ros2.graph.GoalOutcome;
import java.util.Map;

/** Reaches the goals of an action. */
@FunctionalInterface
public interface GoalHandler {

    /** Reaches a goal, which may take long. Whatever it throws aborts the goal. */
    GoalOutcome execute(Goal goal) throws InterruptedException;

    /** A goal that was taken up. Thread-safe. */
    interface Goal {
        /** What is to be reached. */
        Map<String, Object> request();

        /** Whether it shall be given up, as soon as that is safe. */
        boolean isCancelRequested();

        /** Tells how far it is. */
        void publishFeedback(Map<String, Object> progress);
    }
}

package io.vyra.modulemanager.ros2.port;

import io.vyra.ros2.graph.GoalOutcome;
import java.util.Map;
import java.util.function.BooleanSupplier;

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

        /**
         * Has something decide from now on whether a request to cancel is granted. Until then each is, so look at
         * {@link #isCancelRequested} afterwards.
         *
         * @param decision gives the goal up if that can still be done, and tells whether it did; may block, and be asked by several threads
         */
        void onCancel(BooleanSupplier decision);

        /** Tells how far it is. */
        void publishFeedback(Map<String, Object> progress);
    }
}

package io.vyra.modulemanager.operation;

/**
 * Told whenever an operation passes a point at which a crash must do no harm.
 *
 * <p>The manager itself uses {@link #NONE}. The crash tests put in one that kills the process.
 */
@FunctionalInterface
public interface StepBoundary {
    StepBoundary NONE = (kind, step, point) -> {};

    void reached(Operation.Kind kind, String step, Point point);

    /** Where in a step: before and after each journal entry and the work between them. */
    enum Point {
        BEFORE_JOURNAL,
        BEFORE_WORK,
        AFTER_WORK,
        AFTER_JOURNAL,
        BEFORE_UNDO,
        AFTER_UNDO
    }
}

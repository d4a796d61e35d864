package io.vyra.modulemanager.operation;

/**
 * One small step of an operation.
 *
 * <p>Both methods may be called again after a crash at any point within them, and must then end in the same state as one
 * undisturbed call.
 */
public interface Step {

    /** Unique within the operation and stable over releases, for example {@code unpack:heartbeat}. */
    String id();

    /** For people, in the present participle: {@code Unpacking heartbeat 1.1.0}. */
    String title();

    /**
     * Does the work.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException when it cannot be done; the operation then undoes what it did
     * @throws OperationStopped  when it was told to stop and did
     */
    void perform(StepContext context);

    /** Puts back what {@link #perform} did, wholly or partly. Called for a step that was begun, in reverse order. */
    default void undo(StepContext context) {}

    /** Once such a step is done the operation only goes forward: a later failure is reported, nothing is undone. */
    default boolean isPointOfNoReturn() {
        return false;
    }
}

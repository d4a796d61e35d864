package io.vyra.modulemanager.operation;

/** Ends a step because the operation was told to stop. Not a failure of the step. */
public final class OperationStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StopReason reason;

    public OperationStopped(StopReason reason) {
        super(reason.inWords(), null, false, false);
        this.reason = reason;
    }

    public StopReason reason() {
        return reason;
    }
}

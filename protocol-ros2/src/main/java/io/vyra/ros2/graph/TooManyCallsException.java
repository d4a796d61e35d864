package io.vyra.ros2.graph;

/** As many calls of a service are open as may be. */
public final class TooManyCallsException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public TooManyCallsException(String message) {
        super(message);
    }
}

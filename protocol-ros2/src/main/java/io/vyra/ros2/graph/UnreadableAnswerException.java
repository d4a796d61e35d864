package io.vyra.ros2.graph;

/** A server answered with something that is none of the service's type: the sides have other definitions of it, most likely. */
public final class UnreadableAnswerException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public UnreadableAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}

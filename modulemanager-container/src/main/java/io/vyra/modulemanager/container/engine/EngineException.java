package io.vyra.modulemanager.container.engine;

/** What an engine did not do. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it did not. */
    public enum Reason {
        /** Nobody answered: whether anything was done is not known. */
        UNREACHABLE,
        NOT_FOUND,
        /** The name is taken, or the container is not in the state for this. */
        CONFLICT,
        REFUSED
    }

    private final Reason reason;

    public EngineException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public EngineException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }

    public boolean isUnreachable() {
        return reason == Reason.UNREACHABLE;
    }
}

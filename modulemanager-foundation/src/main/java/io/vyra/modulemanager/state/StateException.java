package io.vyra.modulemanager.state;

/** The database could not do its work; the message says which file and what to do. */
public class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean diskFull;

    public StateException(String message, Throwable cause) {
        this(message, cause, false);
    }

    public StateException(String message) {
        this(message, null, false);
    }

    StateException(String message, Throwable cause, boolean diskFull) {
        super(message, cause);
        this.diskFull = diskFull;
    }

    /** The disk has no room, not even after the reserve was given up. */
    public boolean isDiskFull() {
        return diskFull;
    }
}

package io.vyra.modulemanager.state;

/** The database could not do its work; the message says which file and what to do. */
public class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }

    public StateException(String message) {
        super(message);
    }
}

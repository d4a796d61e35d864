package io.vyra.modulemanager.api.start;

/** The service does not start the way it was told to. The message says why and what to do instead; its stack helps nobody. */
public final class StartRefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public StartRefusedException(String message) {
        super(message);
    }
}

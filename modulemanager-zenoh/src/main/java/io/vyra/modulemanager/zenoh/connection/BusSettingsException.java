package io.vyra.modulemanager.zenoh.connection;

/** The bus cannot be run the way it is configured. The message says which setting, why, and what to do. */
public final class BusSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusSettingsException(String message) {
        super(message);
    }

    BusSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}

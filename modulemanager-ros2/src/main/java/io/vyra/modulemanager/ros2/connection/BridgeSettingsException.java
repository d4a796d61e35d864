package io.vyra.modulemanager.ros2.connection;

/** A setting of the bridge is wrong; the message says which, and what to do. */
public final class BridgeSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BridgeSettingsException(String message) {
        super(message);
    }

    public BridgeSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}

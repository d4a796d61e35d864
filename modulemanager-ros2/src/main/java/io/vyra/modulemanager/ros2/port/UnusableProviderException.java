package io.vyra.modulemanager.ros2.port;

/**
 * The provider that was asked for cannot be used, and will not be before somebody changes something. The message says what is wrong and what to
 * do, without a full stop at its end.
 */
public final class UnusableProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableProviderException(String message) {
        super(message);
    }

    public UnusableProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}

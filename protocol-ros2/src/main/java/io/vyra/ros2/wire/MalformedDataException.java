package io.vyra.ros2.wire;

/** Bytes that are not what they should be. It is the only exception that decoding throws, whatever the bytes are. */
public final class MalformedDataException extends RuntimeException {
    /**
     * @param message what was read and why it cannot be
     */
    public MalformedDataException(String message) {
        super(message);
    }
}

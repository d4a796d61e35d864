package io.vyra.ros2.wire;

/** What is written does not fit into a {@link WireWriter}. */
public final class CapacityExceededException extends RuntimeException {
    CapacityExceededException(int capacity) {
        super("More than " + capacity + " bytes do not fit");
    }
}

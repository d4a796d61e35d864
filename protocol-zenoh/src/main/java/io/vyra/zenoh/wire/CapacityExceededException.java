package io.vyra.zenoh.wire;

/**
 * A message does not fit into what is left of a {@link WireWriter}. Control flow between encoder and batch, so it is one object without
 * a stack trace: filling batches must not cost.
 */
public final class CapacityExceededException extends RuntimeException {
    static final CapacityExceededException INSTANCE = new CapacityExceededException();

    private CapacityExceededException() {
        super("The message does not fit into the batch", null, false, false);
    }
}

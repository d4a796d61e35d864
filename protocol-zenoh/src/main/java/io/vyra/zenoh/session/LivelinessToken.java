package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands for something that is alive: until it is closed, or its session is gone. Thread-safe. */
public final class LivelinessToken implements AutoCloseable {
    private final KeyExpression key;
    private final Runnable undeclare;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    LivelinessToken(KeyExpression key, Runnable undeclare) {
        this.key = key;
        this.undeclare = undeclare;
    }

    public KeyExpression key() {
        return key;
    }

    /** Takes the token back. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            undeclare.run();
        }
    }
}

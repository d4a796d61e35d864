package io.vyra.modulemanager.benchmark;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Leaves what is measured alone for a time that is part of the measurement. */
public final class Rest {
    private Rest() {}

    public static void of(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

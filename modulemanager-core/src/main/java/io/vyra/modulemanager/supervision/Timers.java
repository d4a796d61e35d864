package io.vyra.modulemanager.supervision;

import java.time.Duration;

/** Calls back after a delay. Thread-safe; the action must be quick. */
public interface Timers {

    /** Runs {@code action} once after {@code delay}, unless cancelled before. */
    Timer after(Duration delay, Runnable action);

    @FunctionalInterface
    interface Timer {
        /** Idempotent. */
        void cancel();
    }
}

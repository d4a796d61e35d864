package io.vyra.modulemanager.catalog;

import java.time.Duration;

/** The seam through which a retry waits. */
@FunctionalInterface
interface Pause {
    Pause REAL = Thread::sleep;

    void pause(Duration duration) throws InterruptedException;
}

package io.vyra.modulemanager.benchmark.peer;

import java.time.Duration;

/** Something that starts a process again when it crashes. */
interface Supervisor extends AutoCloseable {
    Duration PATIENCE = Duration.ofSeconds(60);

    /** With its version, and settings that are not the defaults. */
    String describe();

    StartSignal signal();

    /** Makes its patience with crashes whole again, where that needs more than a calm run. Its process runs afterwards. */
    default StartSignal.Started renew(StartSignal.Started current) throws InterruptedException {
        return current;
    }

    /** Ends it and its process. */
    @Override
    void close() throws Exception;
}

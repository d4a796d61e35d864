package io.vyra.modulemanager.api.ros;

import io.vyra.modulemanager.api.problem.RetryLaterException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets only so many calls wait at a time: servers that do not answer must not take all threads of the REST interface. Thread-safe. */
@Singleton
public class RosCalls {
    static final int WAITING = 8;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Semaphore free = new Semaphore(WAITING);

    /**
     * @throws RetryLaterException when too many wait already
     */
    <T> T within(Supplier<T> call) {
        if (!free.tryAcquire()) {
            throw new RetryLaterException(
                    RETRY, WAITING + " calls of services wait already. Call again when they have been answered.");
        }
        try {
            return call.get();
        } finally {
            free.release();
        }
    }
}

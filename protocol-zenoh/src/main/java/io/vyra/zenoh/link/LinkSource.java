package io.vyra.zenoh.link;

import java.io.IOException;
import java.time.Duration;

/** Gives links to endpoints. Thread-safe. */
@FunctionalInterface
public interface LinkSource {
    /**
     * Connects.
     *
     * @param timeout for all of it
     * @throws IOException when nobody listens there, or in time, or it is not who it should be
     */
    Link connect(Endpoint endpoint, Duration timeout) throws IOException;
}

package io.vyra.modulemanager.catalog;

import java.time.Duration;

/**
 * How long and how much a repository may take.
 *
 * @param connect       for a connection, TLS included
 * @param response      from the request to the head of the response
 * @param stall         without a single byte of the body
 * @param index         for a whole index, however steadily it drips
 * @param indexBytes    size of an index
 * @param packageBytes  size of a package
 */
public record TransferLimits(
        Duration connect, Duration response, Duration stall, Duration index, long indexBytes, long packageBytes) {
    public static final TransferLimits DEFAULT = new TransferLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            32L << 20,
            8L << 30);

    public TransferLimits {
        for (Duration duration : new Duration[] {connect, response, stall, index}) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("transfer limits must be positive but one is " + duration);
            }
        }
        if (indexBytes < 1 || packageBytes < 1) {
            throw new IllegalArgumentException("transfer limits must allow at least one byte");
        }
    }
}

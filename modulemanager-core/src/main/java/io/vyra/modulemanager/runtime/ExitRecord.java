package io.vyra.modulemanager.runtime;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a shim says of the end of its module, in its exit record and in its last line to the manager.
 *
 * @param code     0 … 255, empty when a signal ended it
 * @param signal   1 … 64, empty when it exited by itself
 * @param leftover something it started could not be killed in time
 */
record ExitRecord(
        long generation, OptionalInt code, OptionalInt signal, Instant at, Duration ranFor, boolean leftover) {

    /** Empty when a fact is missing or impossible. */
    static Optional<ExitRecord> from(Facts facts) {
        OptionalLong generation = facts.number("generation");
        OptionalLong at = facts.number("at_ms");
        OptionalLong ran = facts.number("ran_ms");
        OptionalInt code = within(facts.number("code"), 0, 255);
        OptionalInt signal = within(facts.number("signal"), 1, 64);
        if (generation.isEmpty() || at.isEmpty() || ran.isEmpty() || code.isPresent() == signal.isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ExitRecord(
                    generation.getAsLong(),
                    code,
                    signal,
                    Instant.ofEpochMilli(at.getAsLong()),
                    Duration.ofMillis(Math.max(0, ran.getAsLong())),
                    facts.isSet("leftover")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt within(OptionalLong number, int least, int most) {
        return number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }
}

package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.runtime.ExitEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** Tells how a container's run ended, from what an engine says of it. */
final class ContainerEvidence {
    /** An engine reports the end by signal n as the code 128 + n, as shells do. */
    private static final int SIGNALLED = 128;

    private static final int MOST_SIGNAL = 64;

    private ContainerEvidence() {}

    /**
     * @param startedAt   for an engine that does not say
     * @param now         for an engine that does not say when it ended
     * @param outOfMemory whether it was seen before
     * @param lastLines   of its log
     */
    static ExitEvidence ended(
            ContainerState state,
            long generation,
            Instant startedAt,
            Instant now,
            boolean outOfMemory,
            List<String> lastLines) {
        OptionalInt code = OptionalInt.of(state.exitCode() & 0xff);
        Instant at = state.finishedAt().orElse(now);
        return of(
                generation,
                code,
                state.outOfMemory() || outOfMemory,
                state.startedAt().orElse(startedAt),
                at,
                lastLines,
                state.error());
    }

    /** @param code as an engine or an event told it; empty when nobody heard it */
    static ExitEvidence of(
            long generation,
            OptionalInt code,
            boolean outOfMemory,
            Instant startedAt,
            Instant at,
            List<String> lastLines,
            String note) {
        OptionalInt signal = signal(code);
        Duration ran = Duration.between(startedAt, at);
        return new ExitEvidence(
                generation,
                signal.isPresent() ? OptionalInt.empty() : code,
                signal,
                outOfMemory,
                at,
                ran.isNegative() ? Duration.ZERO : ran,
                lastLines,
                note);
    }

    private static OptionalInt signal(OptionalInt code) {
        return code.isPresent() && code.getAsInt() > SIGNALLED && code.getAsInt() <= SIGNALLED + MOST_SIGNAL
                ? OptionalInt.of(code.getAsInt() - SIGNALLED)
                : OptionalInt.empty();
    }
}

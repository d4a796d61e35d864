package io.vyra.modulemanager.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is known of how a module ended.
 *
 * @param generation   launch it belongs to
 * @param code         exit code 0 … 255; empty when a signal ended it or nothing is known
 * @param signal       signal number; empty when it exited by itself or nothing is known
 * @param outOfMemory  the kernel killed a process of it for want of memory
 * @param at           when it ended; when that is not known, when it was found to have ended
 * @param ranFor       time from start to end
 * @param lastLines    the last lines of its log, at most 50, oldest first
 * @param note         what else is known, in words, for example that the machine was restarted meanwhile; empty when nothing
 */
public record ExitEvidence(
        long generation,
        OptionalInt code,
        OptionalInt signal,
        boolean outOfMemory,
        Instant at,
        Duration ranFor,
        List<String> lastLines,
        String note) {

    public ExitEvidence {
        lastLines = List.copyOf(lastLines);
    }

    /** Ended by itself with code 0. */
    public boolean isClean() {
        return code.isPresent() && code.getAsInt() == 0;
    }

    /** One line for people, for example {@code exit code 3 after 1.2 s}. */
    public String inWords() {
        String how;
        if (outOfMemory) {
            how = "killed by the kernel because memory ran out";
        } else if (signal.isPresent()) {
            how = "ended by signal " + signal.getAsInt();
        } else if (code.isPresent()) {
            how = "exit code " + code.getAsInt();
        } else {
            how = "ended, nobody saw how";
        }
        String when = String.format(java.util.Locale.ROOT, " after %.1f s", ranFor.toMillis() / 1000.0);
        return note.isEmpty() ? how + when : how + when + " (" + note + ")";
    }
}

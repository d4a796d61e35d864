package io.vyra.modulemanager.problem;

import java.util.UUID;

/**
 * A failure that nobody foresaw: who asked gets an id and nothing of what is inside, the log gets the failure under the same id.
 *
 * @param traceId 32 lower-case hexadecimal digits
 */
public record Unforeseen(String traceId) {

    /** With an id of its own. */
    public static Unforeseen failure() {
        return new Unforeseen(UUID.randomUUID().toString().replace("-", ""));
    }

    /** For who asked. */
    public Problem problem() {
        return new Problem(
                ProblemType.INTERNAL_ERROR,
                "The request could not be completed. The manager's log tells why under trace_id " + traceId + ".");
    }
}

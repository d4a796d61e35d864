package io.vyra.modulemanager.api.problem;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;

/** Too many requests, with the time after which it is worth trying again. */
public final class RetryLaterException extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final Duration remaining;

    public RetryLaterException(Duration remaining, String detail) {
        super(new Problem(ProblemType.TOO_MANY_REQUESTS, detail));
        this.remaining = remaining;
    }

    public Duration remaining() {
        return remaining;
    }
}

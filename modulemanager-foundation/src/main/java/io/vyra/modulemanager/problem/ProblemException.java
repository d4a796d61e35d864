package io.vyra.modulemanager.problem;

import java.util.List;

/** A failure on its way to the user. Carries its {@link Problem}; the cause, if any, is for the log only. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(problem.type().code() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    public ProblemException(ProblemType type, String detail) {
        this(new Problem(type, detail), null);
    }

    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(new Problem(type, detail), cause);
    }

    public ProblemException(ProblemType type, String detail, List<Problem.FieldError> errors) {
        this(new Problem(type, detail, errors), null);
    }

    public Problem problem() {
        return problem;
    }

    public ProblemType type() {
        return problem.type();
    }
}

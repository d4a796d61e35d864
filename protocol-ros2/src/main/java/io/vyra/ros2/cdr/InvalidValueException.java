package io.vyra.ros2.cdr;

/** A value that its type does not allow. The message starts with where it is, as a JSON pointer, such as {@code /pose/position/x}. */
public final class InvalidValueException extends RuntimeException {
    private final String pointer;
    private final String problem;

    InvalidValueException(String problem) {
        this("", problem);
    }

    private InvalidValueException(String pointer, String problem) {
        super((pointer.isEmpty() ? "/" : pointer) + ": " + problem);
        this.pointer = pointer;
        this.problem = problem;
    }

    /** The same, seen from one level above. */
    InvalidValueException in(Object member) {
        return new InvalidValueException("/" + member + pointer, problem);
    }

    public String pointer() {
        return pointer;
    }

    public String problem() {
        return problem;
    }
}

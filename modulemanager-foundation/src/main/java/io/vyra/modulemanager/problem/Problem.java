package io.vyra.modulemanager.problem;

import java.util.List;
import java.util.Objects;

/**
 * One failure, ready to be told to a user.
 *
 * @param type   entry of the catalogue
 * @param detail what happened, where, and what to do next, in one or two sentences; never holds a secret
 * @param errors the places in the input that are wrong; empty where that makes no sense
 */
public record Problem(ProblemType type, String detail, List<FieldError> errors) {
    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(detail, "detail");
        errors = List.copyOf(errors);
    }

    public Problem(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** The detail without its full stop, as part of a longer sentence. */
    public String clause() {
        return detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    }

    /**
     * A place in the input that is wrong.
     *
     * @param pointer JSON pointer (RFC 6901) into the body or file, empty for the whole document
     * @param detail  what is wrong there
     */
    public record FieldError(String pointer, String detail) {
        public FieldError {
            Objects.requireNonNull(pointer, "pointer");
            Objects.requireNonNull(detail, "detail");
        }

        /** A field of the document itself; {@code name} is its plain name, whatever characters it has. */
        public static FieldError ofField(String name, String detail) {
            return new FieldError("/" + name.replace("~", "~0").replace("/", "~1"), detail);
        }
    }
}

package io.vyra.modulemanager.request;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Collects everything that is wrong with a request, so that its sender learns all of it at once, in the same words whatever carries it.
 * Where something is, the face says in its own way: a JSON pointer, a parameter. Not thread-safe.
 */
public final class Checks {
    private static final int MAX_NUMBER_LENGTH = 9;

    private final List<FieldError> errors = new ArrayList<>();

    public void add(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
    }

    public void required(String pointer, Object value) {
        if (value == null) {
            add(pointer, "is missing");
        }
    }

    /** The value is there and has a length within the bounds. */
    public void length(String pointer, String value, int least, int most) {
        if (value == null) {
            add(pointer, "is missing");
        } else {
            optionalLength(pointer, value, least, most);
        }
    }

    public void optionalLength(String pointer, String value, int least, int most) {
        if (value != null && (value.length() < least || value.length() > most)) {
            add(pointer, "must have " + least + " to " + most + " characters");
        }
    }

    /** The value, if there is one, matches. */
    public void matches(String pointer, String value, Pattern pattern, String inWords) {
        if (value != null && !pattern.matcher(value).matches()) {
            add(pointer, "must be " + inWords);
        }
    }

    public void range(String pointer, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            add(pointer, "must be between " + least + " and " + most);
        }
    }

    /** The constant whose name in lower case is the value; empty when there is no value or it is wrong. */
    public <E extends Enum<E>> Optional<E> constant(String pointer, String value, Class<E> type) {
        if (value == null) {
            return Optional.empty();
        }
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
        if (found.isEmpty()) {
            add(
                    pointer,
                    "must be one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** A whole number in a query parameter; the fallback when there is none or it is wrong. */
    public int number(String pointer, String value, int fallback, int least, int most) {
        if (value == null) {
            return fallback;
        }
        boolean isNumber = !value.isEmpty()
                && value.length() <= MAX_NUMBER_LENGTH
                && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int number = isNumber ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            add(pointer, "must be a number between " + least + " and " + most);
            return fallback;
        }
        return number;
    }

    /** {@code true} or {@code false} in a query parameter. */
    public Optional<Boolean> flag(String pointer, String value) {
        if (value == null) {
            return Optional.empty();
        }
        if (!value.equals("true") && !value.equals("false")) {
            add(pointer, "must be true or false");
        }
        return Optional.of(value.equals("true"));
    }

    /**
     * @throws ProblemException {@code INVALID_REQUEST} with everything found
     */
    public void requireNone() {
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            String more = errors.size() == 1 ? "" : " There are " + (errors.size() - 1) + " more errors.";
            String place = first.pointer().isEmpty() ? "The request" : "The value at " + first.pointer();
            throw new ProblemException(
                    new Problem(ProblemType.INVALID_REQUEST, place + " " + first.detail() + "." + more, errors));
        }
    }
}

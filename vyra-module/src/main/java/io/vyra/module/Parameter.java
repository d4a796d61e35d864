package io.vyra.module;

import java.util.List;
import java.util.Optional;

/**
 * A value that can be set from outside and is kept.
 *
 * @param key its name
 * @param type what it takes
 * @param initial its value until it is set
 * @param least lower bound of a number, or null
 * @param most upper bound of a number, or null
 * @param choices the texts it takes; empty: any
 * @param description for people
 */
public record Parameter(
        String key, Type type, Object initial, Double least, Double most, List<String> choices, String description) {
    /** What a parameter takes. */
    public enum Type {
        TEXT("str"),
        WHOLE("int"),
        NUMBER("float"),
        TRUTH("bool");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        /** As modules call it. */
        public String wire() {
            return wire;
        }
    }

    private static final int LONGEST_TEXT = 4_096;

    public Parameter {
        choices = List.copyOf(choices);
        if (!key.matches("[A-Za-z0-9_.]{1,128}")) {
            throw new IllegalArgumentException(
                    "parameter '" + key + "' must be named with 1 to 128 letters, digits, _ and .");
        }
        if (least != null && most != null && least > most) {
            throw new IllegalArgumentException("parameter '" + key + "' has a lower bound above its upper one");
        }
    }

    public static Parameter text(String key, String initial) {
        return of(key, Type.TEXT, initial);
    }

    public static Parameter whole(String key, long initial) {
        return of(key, Type.WHOLE, initial);
    }

    public static Parameter number(String key, double initial) {
        return of(key, Type.NUMBER, initial);
    }

    public static Parameter truth(String key, boolean initial) {
        return of(key, Type.TRUTH, initial);
    }

    private static Parameter of(String key, Type type, Object initial) {
        return new Parameter(key, type, initial, null, null, List.of(), "");
    }

    /** This, for values from {@code newLeast} to {@code newMost} only. */
    public Parameter between(double newLeast, double newMost) {
        return new Parameter(key, type, initial, newLeast, newMost, choices, description);
    }

    /** This, for these texts only. */
    public Parameter oneOf(String... newChoices) {
        return new Parameter(key, type, initial, least, most, List.of(newChoices), description);
    }

    public Parameter describedAs(String newDescription) {
        return new Parameter(key, type, initial, least, most, choices, newDescription);
    }

    /** What is wrong with a value; empty when the parameter takes it. */
    Optional<String> objection(Object value) {
        boolean isOfType = switch (type) {
            case TEXT -> value instanceof String;
            case WHOLE -> value instanceof Long;
            case NUMBER -> value instanceof Number;
            case TRUTH -> value instanceof Boolean;
        };
        if (!isOfType) {
            return Optional.of("'" + key + "' takes a value of type " + type.wire());
        }
        if (value instanceof Number number
                && (least != null && number.doubleValue() < least || most != null && number.doubleValue() > most)) {
            return Optional.of("'" + key + "' takes " + (least == null ? "" : "at least " + least)
                    + (least == null || most == null ? "" : " and ") + (most == null ? "" : "at most " + most)
                    + ", not "
                    + value);
        }
        if (value instanceof String text && text.length() > LONGEST_TEXT) {
            return Optional.of("'" + key + "' takes at most " + LONGEST_TEXT + " characters");
        }
        if (!choices.isEmpty() && !choices.contains(value)) {
            return Optional.of("'" + key + "' takes one of " + String.join(", ", choices));
        }
        return Optional.empty();
    }
}

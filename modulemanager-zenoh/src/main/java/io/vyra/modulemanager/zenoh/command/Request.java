package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One request, and what was asked of its arguments: those nobody asked for are refused in the end, as the REST face does.
 *
 * <p>Arguments are one JSON object. Not thread-safe.
 */
final class Request {
    private final Caller caller;
    private final ObjectNode arguments;
    private final Set<String> known = new HashSet<>();

    Request(Caller caller, ObjectNode arguments) {
        this.caller = caller;
        this.arguments = arguments;
    }

    Caller caller() {
        return caller;
    }

    /** What the client sent, for comparing it with an earlier request of the same key. */
    String text() {
        return arguments.toString();
    }

    Optional<String> text(String field, int longest) {
        Optional<JsonNode> value = value(field);
        if (value.isPresent()
                && (!value.get().isTextual()
                        || value.get().textValue().isEmpty()
                        || value.get().textValue().length() > longest)) {
            throw wrong(field, "must be a text of 1 to " + longest + " characters");
        }
        return value.map(JsonNode::textValue);
    }

    String requiredText(String field, int longest) {
        return text(field, longest).orElseThrow(() -> wrong(field, "is missing"));
    }

    Optional<Boolean> flag(String field) {
        Optional<JsonNode> value = value(field);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw wrong(field, "must be true or false");
        }
        return value.map(JsonNode::booleanValue);
    }

    int number(String field, int absent, int least, int most) {
        Optional<JsonNode> value = value(field);
        if (value.isEmpty()) {
            return absent;
        }
        if (!value.get().isIntegralNumber()
                || !value.get().canConvertToInt()
                || value.get().intValue() < least
                || value.get().intValue() > most) {
            throw wrong(field, "must be a number between " + least + " and " + most);
        }
        return value.get().intValue();
    }

    <E extends Enum<E>> Optional<E> constant(String field, Class<E> type) {
        Optional<String> text = text(field, 64);
        Optional<E> found = text.flatMap(it -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(it) && it.equals(it.toLowerCase(Locale.ROOT)))
                .findFirst());
        if (text.isPresent() && found.isEmpty()) {
            List<String> names = Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw wrong(field, "must be one of " + String.join(", ", names));
        }
        return found;
    }

    private Optional<JsonNode> value(String field) {
        known.add(field);
        return Optional.ofNullable(arguments.get(field));
    }

    /** To be called when all that is known was asked for, and before anything is done. */
    void refuseUnknown() {
        arguments.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw wrong(field, "is not known here; known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    static ProblemException wrong(String field, String detail) {
        // RFC 6901, section 3.
        String pointer = "/" + field.replace("~", "~0").replace("/", "~1");
        return new ProblemException(new Problem(
                ProblemType.INVALID_REQUEST,
                "The value at " + pointer + " " + detail + ".",
                List.of(new FieldError(pointer, detail))));
    }
}

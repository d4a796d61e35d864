package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One request, and what was asked of its arguments: those nobody asked for are refused in the end, as the REST face does.
 *
 * <p>Arguments are one JSON object. Not thread-safe.
 */
final class Request {
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");

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

    /** Whether there is such an argument; asking does not make it known. */
    boolean has(String field) {
        return arguments.has(field);
    }

    Optional<String> text(String field, int longest) {
        Optional<String> text = textOrNothing(field, longest);
        if (text.filter(String::isEmpty).isPresent()) {
            throw wrong(field, "must be a text of 1 to " + longest + " characters");
        }
        return text;
    }

    /** A text that may be empty. */
    Optional<String> textOrNothing(String field, int longest) {
        Optional<JsonNode> value = value(field);
        if (value.isPresent()
                && (!value.get().isTextual() || value.get().textValue().length() > longest)) {
            throw wrong(field, "must be a text of at most " + longest + " characters");
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

    long requiredNumber(String field) {
        JsonNode value = value(field).orElseThrow(() -> wrong(field, "is missing"));
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "must be a whole number");
        }
        return value.longValue();
    }

    Optional<ObjectNode> object(String field) {
        Optional<JsonNode> value = value(field);
        if (value.isPresent() && !value.get().isObject()) {
            throw wrong(field, "must be an object");
        }
        return value.map(ObjectNode.class::cast);
    }

    ObjectNode requiredObject(String field) {
        return object(field).orElseThrow(() -> wrong(field, "is missing"));
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

    /**
     * What a command is carried out with. To be called last: whatever was not asked for by then is unknown.
     *
     * @param path what is asked, for telling it from other requests of the same idempotency key
     */
    CommandContext context(String path) {
        Optional<String> key = text("idempotency_key", 255);
        if (key.filter(text -> !IDEMPOTENCY_KEY.matcher(text).matches()).isPresent()) {
            throw wrong("idempotency_key", "must be 1 to 255 visible ASCII characters");
        }
        refuseUnknown();
        return new CommandContext(caller, key, hash("zenoh\n" + path + "\n" + arguments));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @param field the argument that is wrong; empty: all of them together */
    static ProblemException wrong(String field, String detail) {
        // RFC 6901, section 3.
        String pointer = field.isEmpty() ? "" : "/" + field.replace("~", "~0").replace("/", "~1");
        return new ProblemException(new Problem(
                ProblemType.INVALID_REQUEST,
                (pointer.isEmpty() ? "The request " : "The value at " + pointer + " ") + detail + ".",
                List.of(new FieldError(pointer, detail))));
    }
}

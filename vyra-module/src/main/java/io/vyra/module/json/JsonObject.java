package io.vyra.module.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object. Immutable.
 *
 * <p>Values are {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@code null}, {@link List} of values, or
 * {@code JsonObject}; whole numbers of other types are taken as {@link Long}, maps as objects.
 */
public final class JsonObject {
    /** {@code {}}. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * An object of one member; more are added with {@link #with}.
     *
     * @throws IllegalArgumentException when the value is none of JSON's
     */
    public static JsonObject of(String name, Object value) {
        return EMPTY.with(name, value);
    }

    /** Takes members over as they are, in their order. */
    public static JsonObject of(Map<String, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put(name, JsonValues.normal(value)));
        return new JsonObject(Collections.unmodifiableMap(copy));
    }

    /**
     * Reads a text.
     *
     * @throws MalformedJsonException when it is not one JSON object and nothing else
     */
    public static JsonObject parse(String text) throws MalformedJsonException {
        return new JsonReader(text).document();
    }

    static JsonObject taking(Map<String, Object> normalMembers) {
        return new JsonObject(Collections.unmodifiableMap(normalMembers));
    }

    /** This with a member added, or replaced. */
    public JsonObject with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(members);
        copy.put(name, JsonValues.normal(value));
        return new JsonObject(Collections.unmodifiableMap(copy));
    }

    /** All members, in their order. */
    public Map<String, Object> members() {
        return members;
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The value of a member; null where it is null or missing. */
    public Object get(String name) {
        return members.get(name);
    }

    /** The member, if it is a text. */
    public Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The member, if it is a number. */
    public Optional<Number> number(String name) {
        return members.get(name) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** The object as JSON, on one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        JsonValues.write(this, text);
        return text.toString();
    }
}

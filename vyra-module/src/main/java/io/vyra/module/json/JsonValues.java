package io.vyra.module.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What can be a value, and how values are written. */
final class JsonValues {
    private JsonValues() {}

    /** The value in the type that objects hold it in. */
    static Object normal(Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Long number -> number;
            case Float number -> finite(number.doubleValue());
            case Double number -> finite(number);
            case Enum<?> constant -> constant.toString();
            case JsonObject object -> object;
            case Map<?, ?> map -> object(map);
            case Iterable<?> list -> list(list);
            default ->
                throw new IllegalArgumentException(
                        "JSON has no value such as a " + value.getClass().getName());
        };
    }

    private static Double finite(Double number) {
        if (number.isNaN() || number.isInfinite()) {
            throw new IllegalArgumentException("JSON has no number such as " + number);
        }
        return number;
    }

    private static JsonObject object(Map<?, ?> map) {
        JsonObject object = JsonObject.EMPTY;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            object = object.with((String) member.getKey(), member.getValue());
        }
        return object;
    }

    private static List<Object> list(Iterable<?> values) {
        List<Object> list = new ArrayList<>();
        values.forEach(value -> list.add(normal(value)));
        return Collections.unmodifiableList(list);
    }

    static void write(Object value, StringBuilder out) {
        switch (value) {
            case String text -> writeText(text, out);
            case JsonObject object -> {
                String separator = "{";
                for (Map.Entry<String, Object> member : object.members().entrySet()) {
                    out.append(separator);
                    writeText(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.append(object.members().isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    out.append(separator);
                    write(element, out);
                    separator = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case null -> out.append("null");
            default -> out.append(value);
        }
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Half a surrogate pair would not survive UTF-8.
                    if (letter < 0x20 || Character.isSurrogate(letter) && !isPaired(text, i)) {
                        out.append(String.format("\\u%04x", (int) letter));
                    } else {
                        out.append(letter);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int place) {
        char letter = text.charAt(place);
        return Character.isHighSurrogate(letter)
                ? place + 1 < text.length() && Character.isLowSurrogate(text.charAt(place + 1))
                : place > 0 && Character.isHighSurrogate(text.charAt(place - 1));
    }
}

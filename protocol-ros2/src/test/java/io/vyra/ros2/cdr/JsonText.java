package io.vyra.ros2.cdr;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON tree as text, in ASCII. */
final class JsonText {
    private JsonText() {}

    static String of(Object json) {
        return switch (json) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + ":" + of(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
            case String text ->
                text.chars()
                        .mapToObj(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\'
                                ? String.valueOf((char) c)
                                : String.format("\\u%04x", c))
                        .collect(Collectors.joining("", "\"", "\""));
            default -> json.toString();
        };
    }
}

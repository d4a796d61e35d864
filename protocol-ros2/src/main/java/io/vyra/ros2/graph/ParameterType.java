package io.vyra.ros2.graph;

import java.util.List;
import java.util.Map;

/** What a parameter holds, in the order of rcl_interfaces/msg/ParameterType. */
public enum ParameterType {
    NOT_SET(""),
    BOOL("bool_value"),
    INTEGER("integer_value"),
    DOUBLE("double_value"),
    STRING("string_value"),
    BYTE_ARRAY("byte_array_value"),
    BOOL_ARRAY("bool_array_value"),
    INTEGER_ARRAY("integer_array_value"),
    DOUBLE_ARRAY("double_array_value"),
    STRING_ARRAY("string_array_value");

    private final String member;

    ParameterType(String member) {
        this.member = member;
    }

    /**
     * The type of a Java value: Boolean, Long, Double, String, {@code byte[]} or a list of one of these; an empty list is one of texts.
     *
     * @throws IllegalArgumentException when no parameter holds that value
     */
    public static ParameterType of(Object value) {
        return switch (value) {
            case Boolean _ -> BOOL;
            case Long _ -> INTEGER;
            case Double _ -> DOUBLE;
            case String _ -> STRING;
            case byte[] _ -> BYTE_ARRAY;
            case List<?> list when all(list, Boolean.class) -> BOOL_ARRAY;
            case List<?> list when all(list, Long.class) -> INTEGER_ARRAY;
            case List<?> list when all(list, Double.class) -> DOUBLE_ARRAY;
            case List<?> list when list.isEmpty() || all(list, String.class) -> STRING_ARRAY;
            case null, default -> throw new IllegalArgumentException("No parameter holds " + value);
        };
    }

    private static boolean all(List<?> list, Class<?> type) {
        return !list.isEmpty() && list.stream().allMatch(type::isInstance);
    }

    /** Whether a parameter of this type may have that Java value; an empty list is one of every type of lists. */
    public boolean allows(Object value) {
        return value instanceof List<?> list && list.isEmpty() ? compareTo(BOOL_ARRAY) >= 0 : of(value) == this;
    }

    /** The rcl_interfaces/msg/ParameterValue of a Java value that this type allows. */
    public Map<String, Object> message(Object value) {
        return Map.of("type", ordinal(), member, value);
    }

    /** The type of a rcl_interfaces/msg/ParameterValue; not set when it is none that is known. */
    public static ParameterType ofMessage(Map<?, ?> message) {
        int index = ((Number) message.get("type")).intValue();
        return index > 0 && index < values().length ? values()[index] : NOT_SET;
    }

    /**
     * The Java value of a rcl_interfaces/msg/ParameterValue.
     *
     * @throws IllegalArgumentException when it has none
     */
    public static Object fromMessage(Map<?, ?> message) {
        ParameterType type = ofMessage(message);
        if (type == NOT_SET) {
            throw new IllegalArgumentException("The parameter has no value: its type is " + message.get("type"));
        }
        return message.get(type.member);
    }
}

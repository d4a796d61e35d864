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

    /** The rcl_interfaces/msg/ParameterValue of a Java value. */
    public static Map<String, Object> toMessage(Object value) {
        ParameterType type = of(value);
        return Map.of("type", type.ordinal(), type.member, value);
    }

    /**
     * The Java value of a rcl_interfaces/msg/ParameterValue.
     *
     * @throws IllegalArgumentException when it has none
     */
    public static Object fromMessage(Map<?, ?> message) {
        int index = ((Number) message.get("type")).intValue();
        if (index < 1 || index >= values().length) {
            throw new IllegalArgumentException("The parameter has no value: its type is " + index);
        }
        return message.get(values()[index].member);
    }
}

package io.vyra.ros2.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a parameter is and may be.
 *
 * @param description for people
 * @param isReadOnly whether nobody but the node itself changes it
 * @param range what a number may be
 */
public record ParameterDescriptor(String description, boolean isReadOnly, Optional<Range> range) {
    /** Nothing said, nothing forbidden. */
    public static final ParameterDescriptor NONE = new ParameterDescriptor("", false, Optional.empty());

    /** Both ends are within. */
    public record Range(double from, double to) {
        boolean allows(Object value) {
            return !(value instanceof Number number) || number.doubleValue() >= from && number.doubleValue() <= to;
        }
    }

    Map<String, Object> toMessage(String name, ParameterType type) {
        List<Map<String, Object>> floating = type == ParameterType.DOUBLE
                ? range.stream()
                        .map(it -> Map.<String, Object>of("from_value", it.from(), "to_value", it.to()))
                        .toList()
                : List.of();
        List<Map<String, Object>> integer = type == ParameterType.INTEGER
                ? range.stream()
                        .map(it -> Map.<String, Object>of("from_value", (long) it.from(), "to_value", (long) it.to()))
                        .toList()
                : List.of();
        return Map.of(
                "name", name,
                "type", type.ordinal(),
                "description", description,
                "read_only", isReadOnly,
                "floating_point_range", floating,
                "integer_range", integer);
    }
}

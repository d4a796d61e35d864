package io.vyra.ros2.idl;

/**
 * A named value of a message.
 *
 * @param name capital letters, digits and underscores
 * @param value in the sense of {@link Values}
 */
public record Constant(String name, ElementType type, Object value) {}

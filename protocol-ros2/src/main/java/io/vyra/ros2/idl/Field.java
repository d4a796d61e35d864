package io.vyra.ros2.idl;

import java.util.Optional;

/**
 * A field of a message.
 *
 * @param name lower-case letters, digits and underscores
 * @param element what it is, or each of its elements
 * @param shape how many there are
 * @param defaultValue its default as a value in the sense of {@link Values}, when the definition gives one
 */
public record Field(String name, ElementType element, Shape shape, Optional<Object> defaultValue) {
    static Field of(String name, ElementType element, Shape shape) {
        return new Field(name, element, shape, Optional.empty());
    }

    static Field nested(String name, TypeName type) {
        return of(name, new ElementType.Nested(type), Shape.SINGLE);
    }
}

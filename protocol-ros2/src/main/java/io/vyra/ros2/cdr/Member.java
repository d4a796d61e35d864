package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.Field;
import io.vyra.ros2.idl.Shape;

/**
 * A member of a message.
 *
 * @param hidden whether it is on the wire only: the placeholder of a message without fields
 */
record Member(Field field, MemberType type, boolean hidden) {
    String name() {
        return field.name();
    }

    Shape shape() {
        return field.shape();
    }

    /** How many bytes it takes at least. */
    long smallest() {
        return switch (shape()) {
            case Shape.Single _ -> type.smallest();
            case Shape.Array(int length) -> (long) type.smallest() * length;
            case Shape.Sequence _ -> Integer.BYTES;
        };
    }
}

package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.ElementType;

/** What a member, or each of its elements, is: as {@link ElementType}, with the messages themselves instead of their names. */
sealed interface MemberType {
    /** How many bytes one takes at least. */
    int smallest();

    record Primitive(ElementType.Primitive type) implements MemberType {
        @Override
        public int smallest() {
            return type.size();
        }
    }

    record Text(ElementType.StringType type) implements MemberType {
        @Override
        public int smallest() {
            return Integer.BYTES;
        }
    }

    record Message(MessageType type) implements MemberType {
        @Override
        public int smallest() {
            return type.smallest();
        }
    }
}

package io.vyra.ros2.idl;

/** What a field, or each element of its array or sequence, is. */
public sealed interface ElementType {
    /** The types of fixed size. Their ids are those of type_description_interfaces/msg/FieldType. */
    enum Primitive implements ElementType {
        BOOL("bool", 1, 15),
        /** An octet, unsigned. */
        BYTE("byte", 1, 16),
        /** Eight bits, unsigned; in IDL, and so in hashes, the same as {@code uint8}. */
        CHAR("char", 1, 3),
        INT8("int8", 1, 2),
        UINT8("uint8", 1, 3),
        INT16("int16", 2, 4),
        UINT16("uint16", 2, 5),
        INT32("int32", 4, 6),
        UINT32("uint32", 4, 7),
        INT64("int64", 8, 8),
        UINT64("uint64", 8, 9),
        FLOAT32("float32", 4, 10),
        FLOAT64("float64", 8, 11);

        private final String text;
        private final int size;
        private final int id;

        Primitive(String text, int size, int id) {
            this.text = text;
            this.size = size;
            this.id = id;
        }

        /** As it stands in a definition. */
        public String text() {
            return text;
        }

        /** In bytes. */
        public int size() {
            return size;
        }

        int id() {
            return id;
        }

        /** Whether sequences of it are kept as {@code byte[]}. */
        public boolean isOctet() {
            return size == 1 && this != BOOL;
        }
    }

    /**
     * A string.
     *
     * @param wide whether it is a {@code wstring}
     * @param bound how long it may be, {@link Bound}
     */
    record StringType(boolean wide, Bound bound) implements ElementType {}

    /** Another message. */
    record Nested(TypeName name) implements ElementType {}
}

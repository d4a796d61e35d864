package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.Bound;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Shape;
import io.vyra.ros2.idl.Values;
import io.vyra.ros2.wire.WireWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes values, and checks them on the way: a member that is missing gets its default, one that the type does not have is refused, and so
 * is what does not fit its type. An integer may be of any integer class of Java, a float32 or float64 a Float or a Double.
 */
public final class CdrWriter {
    private CdrWriter() {}

    /**
     * Writes a value in the writer's byte order, without an encapsulation.
     *
     * @throws InvalidValueException when the type does not allow the value; what was written until then stays
     * @throws io.vyra.ros2.wire.CapacityExceededException when it does not fit
     */
    public static void write(WireWriter writer, MessageType type, Map<?, ?> value) {
        int given = 0;
        for (Member member : type.members()) {
            if (member.hidden()) {
                writer.i8(0);
                continue;
            }
            Object item = value.get(member.name());
            if (item != null) {
                given++;
            }
            try {
                write(writer, member, item != null ? item : Defaults.of(member));
            } catch (InvalidValueException e) {
                throw e.in(member.name());
            }
        }
        if (given != value.size()) {
            refuseStrangers(type, value);
        }
    }

    private static void refuseStrangers(MessageType type, Map<?, ?> value) {
        for (var entry : value.entrySet()) {
            if (!(entry.getKey() instanceof String name) || type.member(name) == null) {
                throw new InvalidValueException(type + " has no member of that name").in(entry.getKey());
            }
            if (entry.getValue() == null) {
                throw new InvalidValueException("null is no value; leave the member out for its default").in(name);
            }
        }
    }

    private static void write(WireWriter writer, Member member, Object value) {
        switch (member.shape()) {
            case Shape.Single _ -> writeOne(writer, member.type(), value);
            case Shape.Array(int length) -> {
                if (length(value) != length) {
                    throw new InvalidValueException("the array has " + length + " elements, not " + length(value));
                }
                writeMany(writer, member.type(), value);
            }
            case Shape.Sequence(Bound bound) -> {
                if (!bound.allows(length(value))) {
                    throw new InvalidValueException(
                            "the sequence has at most " + bound.maximum() + " elements, not " + length(value));
                }
                writer.align(4);
                writer.i32(length(value));
                writeMany(writer, member.type(), value);
            }
        }
    }

    private static int length(Object value) {
        return switch (value) {
            case byte[] bytes -> bytes.length;
            case List<?> list -> list.size();
            default -> throw new InvalidValueException("a list of elements is expected, not " + describe(value));
        };
    }

    private static void writeMany(WireWriter writer, MemberType type, Object value) {
        switch (value) {
            case byte[] bytes when Defaults.isOctets(type) -> writer.bytes(bytes);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    try {
                        writeOne(writer, type, list.get(i));
                    } catch (InvalidValueException e) {
                        throw e.in(i);
                    }
                }
            }
            default -> throw new InvalidValueException("bytes are no value of this sequence");
        }
    }

    private static void writeOne(WireWriter writer, MemberType type, Object value) {
        switch (type) {
            case MemberType.Primitive(ElementType.Primitive primitive) -> writePrimitive(writer, primitive, value);
            case MemberType.Text(ElementType.StringType text) -> writeText(writer, text, value);
            case MemberType.Message(MessageType message) -> {
                if (!(value instanceof Map<?, ?> map)) {
                    throw new InvalidValueException(
                            "a message of type " + message + " is expected, not " + describe(value));
                }
                write(writer, message, map);
            }
        }
    }

    private static void writePrimitive(WireWriter writer, ElementType.Primitive type, Object value) {
        writer.align(type.size());
        switch (type) {
            case BOOL -> {
                if (!(value instanceof Boolean bool)) {
                    throw new InvalidValueException("true or false is expected, not " + describe(value));
                }
                writer.i8(bool ? 1 : 0);
            }
            case BYTE, CHAR, INT8, UINT8 -> writer.i8((int) integer(type, value));
            case INT16, UINT16 -> writer.i16((int) integer(type, value));
            case INT32, UINT32 -> writer.i32((int) integer(type, value));
            case INT64, UINT64 -> writer.i64(integer(type, value));
            case FLOAT32 -> writer.i32(Float.floatToRawIntBits(float32(value)));
            case FLOAT64 -> writer.i64(Double.doubleToRawLongBits(float64(value)));
        }
    }

    /** The value's bits. */
    private static long integer(ElementType.Primitive type, Object value) {
        if (value instanceof Long number && type == ElementType.Primitive.INT64) {
            return number;
        }
        BigInteger exact = switch (value) {
            case BigInteger number -> number;
            case Byte _, Short _, Integer _, Long _ -> BigInteger.valueOf(((Number) value).longValue());
            case null, default -> throw new InvalidValueException("an integer is expected, not " + describe(value));
        };
        try {
            return ((Number) Values.integer(type, exact)).longValue();
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(e.getMessage());
        }
    }

    private static float float32(Object value) {
        return switch (value) {
            case Float number -> number;
            case Double number -> {
                float narrow = number.floatValue();
                if (Float.isInfinite(narrow) && !number.isInfinite()) {
                    throw new InvalidValueException("float32 does not hold " + number);
                }
                yield narrow;
            }
            case null, default -> throw new InvalidValueException("a number is expected, not " + describe(value));
        };
    }

    private static double float64(Object value) {
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue();
        }
        throw new InvalidValueException("a number is expected, not " + describe(value));
    }

    private static void writeText(WireWriter writer, ElementType.StringType type, Object value) {
        if (!(value instanceof String text)) {
            throw new InvalidValueException("a text is expected, not " + describe(value));
        }
        writer.align(4);
        if (type.wide()) {
            check(type, text.length());
            writeWide(writer, text);
            return;
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidValueException("a text cannot have the character U+0000 in it");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        check(type, bytes.length);
        writer.i32(bytes.length + 1);
        writer.bytes(bytes);
        writer.i8(0);
    }

    /** As ROS 2 does: the number of UTF-16 units, then each as 32 bits, without a terminator. */
    private static void writeWide(WireWriter writer, String text) {
        writer.i32(text.length());
        for (int i = 0; i < text.length(); i++) {
            writer.i32(text.charAt(i));
        }
    }

    private static void check(ElementType.StringType type, int length) {
        if (!type.bound().allows(length)) {
            throw new InvalidValueException(
                    "the text is longer than " + type.bound().maximum() + ": it has " + length);
        }
    }

    static String describe(Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "the text \"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "a list";
            case byte[] _ -> "bytes";
            default -> value.toString();
        };
    }
}

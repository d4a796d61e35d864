package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.Bound;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Shape;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values. Bounds are held; bytes of a string that are not UTF-8 become U+FFFD, for a robot's old driver must not make its whole
 * message unreadable. Every failure is a {@link MalformedDataException}.
 */
public final class CdrReader {
    /** How many members and elements a message may have in all unless told otherwise: some hundred megabytes of objects at most. */
    public static final int DEFAULT_VALUES = 1_000_000;

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private final WireReader reader;
    private int values;

    private CdrReader(WireReader reader, int values) {
        this.reader = reader;
        this.values = values;
    }

    /** Reads a value in the reader's byte order, without an encapsulation. What follows it stays unread. */
    public static Map<String, Object> read(WireReader reader, MessageType type) {
        return read(reader, type, DEFAULT_VALUES);
    }

    /**
     * Reads a value in the reader's byte order, without an encapsulation. What follows it stays unread.
     *
     * @param values how many members and elements it may have in all; the bytes of a {@code byte[]} are one
     */
    public static Map<String, Object> read(WireReader reader, MessageType type, int values) {
        return new CdrReader(reader, values).message(type);
    }

    private Map<String, Object> message(MessageType type) {
        spend(type.members().size(), type);
        Map<String, Object> value =
                LinkedHashMap.newLinkedHashMap(type.members().size());
        for (Member member : type.members()) {
            Object item = read(member);
            if (!member.hidden()) {
                value.put(member.name(), item);
            }
        }
        return value;
    }

    private Object read(Member member) {
        return switch (member.shape()) {
            case Shape.Single _ -> one(member.type());
            case Shape.Array(int length) -> {
                if ((long) length * member.type().smallest() > reader.remaining()) {
                    throw new MalformedDataException("The data ends within the array " + member.name());
                }
                yield many(member, length);
            }
            case Shape.Sequence(Bound bound) -> {
                reader.align(4);
                int count = reader.count(member.name(), member.type().smallest());
                if (!bound.allows(count)) {
                    throw new MalformedDataException(member.name() + " has " + count + " elements, but at most "
                            + bound.maximum() + " are allowed");
                }
                yield many(member, count);
            }
        };
    }

    private Object many(Member member, int count) {
        if (Defaults.isOctets(member.type())) {
            return reader.copy(count);
        }
        spend(count, member.name());
        List<Object> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(one(member.type()));
        }
        return elements;
    }

    private void spend(int count, Object what) {
        if (count > values) {
            throw new MalformedDataException("There are more values than allowed, at " + what);
        }
        values -= count;
    }

    private Object one(MemberType type) {
        return switch (type) {
            case MemberType.Primitive(ElementType.Primitive primitive) -> primitive(primitive);
            case MemberType.Text(ElementType.StringType text) -> text.wide() ? wide(text) : text(text);
            case MemberType.Message(MessageType message) -> message(message);
        };
    }

    private Object primitive(ElementType.Primitive type) {
        reader.align(type.size());
        return switch (type) {
            case BOOL -> bool();
            case INT8 -> (long) reader.i8();
            case BYTE, CHAR, UINT8 -> (long) reader.u8();
            case INT16 -> (long) reader.i16();
            case UINT16 -> (long) reader.u16();
            case INT32 -> (long) reader.i32();
            case UINT32 -> reader.u32();
            case INT64 -> reader.i64();
            case UINT64 -> unsigned(reader.i64());
            case FLOAT32 -> Float.intBitsToFloat(reader.i32());
            case FLOAT64 -> Double.longBitsToDouble(reader.i64());
        };
    }

    private Boolean bool() {
        int value = reader.u8();
        if (value > 1) {
            throw new MalformedDataException("A bool is 0 or 1, not " + value);
        }
        return value == 1;
    }

    private static BigInteger unsigned(long bits) {
        BigInteger value = BigInteger.valueOf(bits);
        return bits < 0 ? value.add(TWO_64) : value;
    }

    private String text(ElementType.StringType type) {
        reader.align(4);
        int length = reader.count("A string", 1);
        // Some implementations write the empty string as no byte at all.
        if (length == 0) {
            return "";
        }
        int start = reader.position();
        reader.skip(length);
        if (reader.array()[start + length - 1] != 0) {
            throw new MalformedDataException("A string of " + length + " bytes does not end with a zero");
        }
        check(type, length - 1);
        return new String(reader.array(), start, length - 1, StandardCharsets.UTF_8);
    }

    private String wide(ElementType.StringType type) {
        reader.align(4);
        int length = reader.count("A wstring", Integer.BYTES);
        check(type, length);
        char[] units = new char[length];
        for (int i = 0; i < length; i++) {
            int unit = reader.i32();
            if (unit >>> 16 != 0) {
                throw new MalformedDataException(
                        "A wstring has a unit wider than 16 bits: " + Integer.toHexString(unit));
            }
            units[i] = (char) unit;
        }
        return new String(units);
    }

    private static void check(ElementType.StringType type, int length) {
        if (!type.bound().allows(length)) {
            throw new MalformedDataException("A string has " + length + " bytes, but at most "
                    + type.bound().maximum() + " are allowed");
        }
    }
}

package io.vyra.ros2.idl;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The Java form of values: {@code bool} is Boolean; {@code uint64} BigInteger; every other integer Long; {@code float32} Float;
 * {@code float64} Double; strings are String; a message is a {@code Map<String, Object>} in the order of its fields. An array or sequence
 * of byte, char, int8 or uint8 is {@code byte[]}, of anything else a {@code List<Object>}.
 */
public final class Values {
    private static final BigInteger UINT64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Values() {}

    /** What a field without a default starts with. */
    public static Object zero(ElementType.Primitive type) {
        return switch (type) {
            case BOOL -> false;
            case UINT64 -> BigInteger.ZERO;
            case FLOAT32 -> 0f;
            case FLOAT64 -> 0d;
            case BYTE, CHAR, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> 0L;
        };
    }

    /**
     * An integer in the type's Java form.
     *
     * @throws IllegalArgumentException when the type does not hold it
     */
    public static Object integer(ElementType.Primitive type, BigInteger value) {
        if (value.compareTo(minimum(type)) < 0 || value.compareTo(maximum(type)) > 0) {
            throw new IllegalArgumentException(
                    type.text() + " is " + minimum(type) + " to " + maximum(type) + ", not " + value);
        }
        return type == ElementType.Primitive.UINT64 ? value : (Object) value.longValue();
    }

    private static BigInteger minimum(ElementType.Primitive type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 ->
                BigInteger.ONE.shiftLeft(type.size() * 8 - 1).negate();
            case BYTE, CHAR, UINT8, UINT16, UINT32, UINT64 -> BigInteger.ZERO;
            case BOOL, FLOAT32, FLOAT64 -> throw new IllegalArgumentException(type.text() + " is no integer");
        };
    }

    private static BigInteger maximum(ElementType.Primitive type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 ->
                BigInteger.ONE.shiftLeft(type.size() * 8 - 1).subtract(BigInteger.ONE);
            case BYTE, CHAR, UINT8, UINT16, UINT32 ->
                BigInteger.ONE.shiftLeft(type.size() * 8).subtract(BigInteger.ONE);
            case UINT64 -> UINT64_MAX;
            case BOOL, FLOAT32, FLOAT64 -> throw new IllegalArgumentException(type.text() + " is no integer");
        };
    }

    /** How long a string is in the unit of its type's bound. */
    public static int length(ElementType.StringType type, String text) {
        return type.wide() ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}

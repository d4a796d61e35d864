package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.Bound;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Shape;
import io.vyra.ros2.idl.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of any type, with the edges of each more often than chance would have them. */
final class RandomValues {
    private static final int[] POINTS = {'a', 'Z', ' ', '"', '\\', '\n', 0x7f, 0xe4, 0x20ac, 0xffff, 0x1f916};
    private static final int LONGEST = 5;

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    Map<String, Object> message(MessageType type) {
        Map<String, Object> value = new LinkedHashMap<>();
        for (Member member : type.members()) {
            if (!member.hidden()) {
                value.put(member.name(), member(member));
            }
        }
        return value;
    }

    private Object member(Member member) {
        return switch (member.shape()) {
            case Shape.Single _ -> one(member.type());
            case Shape.Array(int length) -> many(member.type(), length);
            case Shape.Sequence(Bound bound) ->
                many(member.type(), random.nextInt(Math.min(LONGEST, bound.maximum()) + 1));
        };
    }

    private Object many(MemberType type, int length) {
        if (Defaults.isOctets(type)) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(one(type));
        }
        return values;
    }

    private Object one(MemberType type) {
        return switch (type) {
            case MemberType.Primitive(ElementType.Primitive primitive) -> primitive(primitive);
            case MemberType.Text(ElementType.StringType text) -> text(text);
            case MemberType.Message(MessageType message) -> message(message);
        };
    }

    private Object primitive(ElementType.Primitive type) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case FLOAT32 -> (float) floating();
            case FLOAT64 -> floating();
            case INT8, INT16, INT32, INT64 -> Values.integer(type, signed(type.size() * 8));
            case BYTE, CHAR, UINT8, UINT16, UINT32, UINT64 ->
                Values.integer(type, signed(type.size() * 8).add(BigInteger.ONE.shiftLeft(type.size() * 8 - 1)));
        };
    }

    private BigInteger signed(int bits) {
        BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
        return switch (random.nextInt(4)) {
            case 0 -> half.negate();
            case 1 -> half.subtract(BigInteger.ONE);
            default -> new BigInteger(bits, random).subtract(half);
        };
    }

    private double floating() {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            case 4 -> Float.MIN_VALUE;
            default -> (float) (random.nextGaussian() * 1e6);
        };
    }

    private String text(ElementType.StringType type) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            String longer = text + Character.toString(POINTS[random.nextInt(POINTS.length)]);
            if (type.bound().allows(Values.length(type, longer))) {
                text = new StringBuilder(longer);
            }
        }
        return text.toString();
    }
}

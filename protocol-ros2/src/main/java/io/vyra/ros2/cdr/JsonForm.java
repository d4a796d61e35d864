package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.Bound;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Shape;
import io.vyra.ros2.idl.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Values as JSON and back, exactly. The JSON is a tree of {@code Map}, {@code List}, {@code String}, {@code Number} and {@code Boolean}, as
 * every JSON library reads and writes it.
 *
 * <ul>
 *   <li>int64 and uint64 are texts of decimal digits, for many readers round numbers beyond 2⁵³; a number is taken too when it is whole.
 *   <li>Other integers are numbers. A number is whole when its value is, so {@code 1.0} and {@code 1e2} are.
 *   <li>float32 and float64 are numbers, the shortest that are read as the same; {@code "NaN"}, {@code "Infinity"} and
 *       {@code "-Infinity"} are texts.
 *   <li>Arrays and sequences of byte, char, int8 and uint8 are texts in Base64 (RFC 4648 §4, with padding); a list of numbers is taken too.
 *   <li>A member that is left out gets its default; one that the type does not have is refused, and so is null.
 * </ul>
 */
public final class JsonForm {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,20}");
    private static final int LARGEST_EXPONENT = 400;

    private JsonForm() {}

    /** The JSON of a value as {@link CdrReader} gives it. */
    public static Map<String, Object> toJson(MessageType type, Map<String, Object> value) {
        Map<String, Object> json = LinkedHashMap.newLinkedHashMap(value.size());
        for (Member member : type.members()) {
            if (!member.hidden()) {
                Object item = value.getOrDefault(member.name(), Defaults.of(member));
                json.put(member.name(), toJson(member.type(), item));
            }
        }
        return json;
    }

    @SuppressWarnings("unchecked")
    private static Object toJson(MemberType type, Object value) {
        return switch (value) {
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case List<?> list -> list.stream().map(item -> toJson(type, item)).toList();
            case Map<?, ?> map -> toJson(((MemberType.Message) type).type(), (Map<String, Object>) map);
            case Float number when !Float.isFinite(number) -> number.toString();
            case Double number when !Double.isFinite(number) -> number.toString();
            case Number number when isLong(type) -> number.toString();
            default -> value;
        };
    }

    private static boolean isLong(MemberType type) {
        return type instanceof MemberType.Primitive(ElementType.Primitive primitive)
                && (primitive == ElementType.Primitive.INT64 || primitive == ElementType.Primitive.UINT64);
    }

    /**
     * The value of a JSON, complete with its defaults, ready for {@link CdrWriter}.
     *
     * @throws InvalidValueException when the JSON is no value of this type
     */
    public static Map<String, Object> fromJson(MessageType type, Map<?, ?> json) {
        for (Object name : json.keySet()) {
            if (!(name instanceof String text) || type.member(text) == null) {
                throw new InvalidValueException(type + " has no member of that name").in(name);
            }
        }
        Map<String, Object> value =
                LinkedHashMap.newLinkedHashMap(type.members().size());
        for (Member member : type.members()) {
            if (!member.hidden()) {
                value.put(
                        member.name(),
                        json.containsKey(member.name())
                                ? member(member, json.get(member.name()))
                                : Defaults.of(member));
            }
        }
        return value;
    }

    private static Object member(Member member, Object json) {
        try {
            Object value = member.shape() == Shape.SINGLE ? one(member.type(), json) : many(member.type(), json);
            int length = value instanceof byte[] bytes ? bytes.length : value instanceof List<?> list ? list.size() : 1;
            switch (member.shape()) {
                case Shape.Array(int wanted)
                when length != wanted ->
                    throw new InvalidValueException("the array has " + wanted + " elements, not " + length);
                case Shape.Sequence(Bound bound)
                when !bound.allows(length) ->
                    throw new InvalidValueException(
                            "the sequence has at most " + bound.maximum() + " elements, not " + length);
                case Shape.Array _, Shape.Sequence _, Shape.Single _ -> {}
            }
            return value;
        } catch (InvalidValueException e) {
            throw e.in(member.name());
        }
    }

    private static Object many(MemberType type, Object json) {
        boolean octets = Defaults.isOctets(type);
        if (octets && json instanceof String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidValueException("the text is not Base64: " + e.getMessage());
            }
        }
        if (!(json instanceof List<?> list)) {
            throw new InvalidValueException(
                    (octets ? "Base64 or a list" : "a list") + " is expected, not " + CdrWriter.describe(json));
        }
        byte[] bytes = new byte[octets ? list.size() : 0];
        List<Object> values = new ArrayList<>(octets ? 0 : list.size());
        for (int i = 0; i < list.size(); i++) {
            try {
                Object value = one(type, list.get(i));
                if (octets) {
                    bytes[i] = ((Long) value).byteValue();
                } else {
                    values.add(value);
                }
            } catch (InvalidValueException e) {
                throw e.in(i);
            }
        }
        return octets ? bytes : values;
    }

    private static Object one(MemberType type, Object json) {
        return switch (type) {
            case MemberType.Primitive(ElementType.Primitive primitive) -> primitive(primitive, json);
            case MemberType.Text(ElementType.StringType string) -> text(string, json);
            case MemberType.Message(MessageType message) -> {
                if (!(json instanceof Map<?, ?> map)) {
                    throw new InvalidValueException(
                            "an object of type " + message + " is expected, not " + CdrWriter.describe(json));
                }
                yield fromJson(message, map);
            }
        };
    }

    private static Object primitive(ElementType.Primitive type, Object json) {
        return switch (type) {
            case BOOL -> {
                if (!(json instanceof Boolean)) {
                    throw new InvalidValueException("true or false is expected, not " + CdrWriter.describe(json));
                }
                yield json;
            }
            case FLOAT32 -> float32(json);
            case FLOAT64 -> float64(json);
            case BYTE, CHAR, INT8, UINT8, INT16, UINT16, INT32, UINT32 -> integer(type, json);
            case INT64, UINT64 ->
                json instanceof String text && DIGITS.matcher(text).matches()
                        ? inRange(type, new BigInteger(text))
                        : integer(type, json);
        };
    }

    private static Object integer(ElementType.Primitive type, Object json) {
        BigInteger whole = switch (json) {
            case BigInteger number -> number;
            case BigDecimal number -> whole(number);
            case Double number when Double.isFinite(number) -> whole(new BigDecimal(number));
            case Float number when Float.isFinite(number) -> whole(new BigDecimal(number));
            case Byte _, Short _, Integer _, Long _ -> BigInteger.valueOf(((Number) json).longValue());
            case null, default ->
                throw new InvalidValueException("a whole number is expected, not " + CdrWriter.describe(json));
        };
        return inRange(type, whole);
    }

    private static BigInteger whole(BigDecimal number) {
        // 1e999999999 is short as a text and endless as an integer.
        if (Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT
                || number.stripTrailingZeros().scale() > 0) {
            throw new InvalidValueException("a whole number is expected, not " + number);
        }
        return number.toBigInteger();
    }

    private static Object inRange(ElementType.Primitive type, BigInteger value) {
        try {
            return Values.integer(type, value);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(e.getMessage());
        }
    }

    private static Float float32(Object json) {
        return switch (json) {
            case String text -> (float) special(text);
            // By way of double a decimal could be rounded twice.
            case Number number -> {
                float value = Float.parseFloat(number.toString());
                if (Float.isInfinite(value) && !Double.isInfinite(number.doubleValue())) {
                    throw new InvalidValueException("float32 does not hold " + number);
                }
                yield value;
            }
            case null, default ->
                throw new InvalidValueException("a number is expected, not " + CdrWriter.describe(json));
        };
    }

    private static Double float64(Object json) {
        return switch (json) {
            case String text -> special(text);
            case Float number -> Double.valueOf(number);
            case Double number -> number;
            case Number number -> {
                double value = number.doubleValue();
                if (Double.isInfinite(value)) {
                    throw new InvalidValueException("float64 does not hold " + number);
                }
                yield value;
            }
            case null, default ->
                throw new InvalidValueException("a number is expected, not " + CdrWriter.describe(json));
        };
    }

    private static double special(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new InvalidValueException("a number, \"NaN\", \"Infinity\" or \"-Infinity\" is expected, not "
                        + CdrWriter.describe(text));
        };
    }

    private static String text(ElementType.StringType type, Object json) {
        if (!(json instanceof String text)) {
            throw new InvalidValueException("a text is expected, not " + CdrWriter.describe(json));
        }
        if (!type.bound().allows(Values.length(type, text))) {
            throw new InvalidValueException(
                    "the text is longer than " + type.bound().maximum());
        }
        if (!type.wide() && text.indexOf('\0') >= 0) {
            throw new InvalidValueException("a text cannot have the character U+0000 in it");
        }
        return text;
    }
}

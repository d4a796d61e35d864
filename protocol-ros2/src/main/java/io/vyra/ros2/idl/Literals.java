package io.vyra.ros2.idl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values as definitions write them. Every failure is an {@link IllegalArgumentException} that names the value. */
final class Literals {
    private static final Pattern INTEGER = Pattern.compile("([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+)");
    private static final Pattern FLOATING = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final int LONGEST_INTEGER = 80;

    private Literals() {}

    static Object value(ElementType element, Shape shape, String text) {
        return switch (shape) {
            case Shape.Single _ -> single(element, text);
            case Shape.Array(int length) -> {
                List<String> items = items(text);
                if (items.size() != length) {
                    throw new IllegalArgumentException(
                            "the array has " + length + " elements, its default " + items.size());
                }
                yield many(element, items);
            }
            case Shape.Sequence(Bound bound) -> {
                List<String> items = items(text);
                if (!bound.allows(items.size())) {
                    throw new IllegalArgumentException(
                            "the sequence has at most " + bound.maximum() + " elements, its default " + items.size());
                }
                yield many(element, items);
            }
        };
    }

    private static Object many(ElementType element, List<String> items) {
        if (element instanceof ElementType.Primitive primitive && primitive.isOctet()) {
            byte[] bytes = new byte[items.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = ((Long) single(element, items.get(i))).byteValue();
            }
            return bytes;
        }
        return items.stream().map(item -> single(element, item)).toList();
    }

    static Object single(ElementType element, String text) {
        return switch (element) {
            case ElementType.Primitive primitive -> primitive(primitive, text);
            case ElementType.StringType string -> string(string, text);
            case ElementType.Nested nested ->
                throw new IllegalArgumentException("a message such as " + nested.name() + " has no default");
        };
    }

    private static Object primitive(ElementType.Primitive type, String text) {
        return switch (type) {
            case BOOL -> bool(text);
            case FLOAT32 ->
                (float) finite(type, Double.isInfinite((float) floating(text)) ? Double.NaN : floating(text), text);
            case FLOAT64 -> finite(type, floating(text), text);
            case BYTE, CHAR, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
                Values.integer(type, integer(text));
        };
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default -> throw new IllegalArgumentException("a bool is true or false, not " + text);
        };
    }

    private static BigInteger integer(String text) {
        var matcher = INTEGER.matcher(text);
        if (text.length() > LONGEST_INTEGER || !matcher.matches()) {
            throw new IllegalArgumentException("that is no integer: " + text);
        }
        String digits = matcher.group(2);
        int base = 10;
        if (digits.length() > 2) {
            base = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 10;
            };
        }
        BigInteger value = new BigInteger(base == 10 ? digits : digits.substring(2), base);
        return matcher.group(1).equals("-") ? value.negate() : value;
    }

    private static double floating(String text) {
        if (text.length() > LONGEST_INTEGER || !FLOATING.matcher(text).matches()) {
            throw new IllegalArgumentException("that is no decimal number: " + text);
        }
        return Double.parseDouble(text);
    }

    private static double finite(ElementType.Primitive type, double value, String text) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(type.text() + " does not hold " + text);
        }
        return value;
    }

    private static String string(ElementType.StringType type, String text) {
        String value = unquoted(text);
        if (!type.bound().allows(Values.length(type, value))) {
            throw new IllegalArgumentException(
                    "the text is longer than " + type.bound().maximum() + ": " + value);
        }
        return value;
    }

    /** Without the quotes around it, in which a backslash keeps the quote after it. A text without quotes is taken as it is. */
    private static String unquoted(String text) {
        if (text.isEmpty() || (text.charAt(0) != '"' && text.charAt(0) != '\'')) {
            return text;
        }
        char quote = text.charAt(0);
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == quote || text.charAt(i + 1) == '\\')) {
                value.append(text.charAt(++i));
            } else if (c != quote) {
                value.append(c);
            } else if (i == text.length() - 1) {
                return value.toString();
            } else {
                throw new IllegalArgumentException("after the closing quote follows " + text.substring(i + 1));
            }
        }
        throw new IllegalArgumentException("the closing quote is missing: " + text);
    }

    /** The elements of {@code [a, b, c]}; commas in quotes do not separate. */
    private static List<String> items(String text) {
        if (!text.startsWith("[") || !text.endsWith("]") || text.length() < 2) {
            throw new IllegalArgumentException(
                    "the default of an array or a sequence is written [a, b, c], not " + text);
        }
        List<String> items = new ArrayList<>();
        String inner = text.substring(1, text.length() - 1);
        int start = 0;
        int end;
        while ((end = Quotes.indexOf(inner, ',', start)) >= 0) {
            items.add(inner.substring(start, end).strip());
            start = end + 1;
        }
        String last = inner.substring(start).strip();
        if (!last.isEmpty()) {
            items.add(last);
        } else if (!items.isEmpty()) {
            throw new IllegalArgumentException("after the last comma follows nothing: " + text);
        }
        return items;
    }
}

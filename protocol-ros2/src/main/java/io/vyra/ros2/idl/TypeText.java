package io.vyra.ros2.idl;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The first word of a declaration, such as {@code string<=10[<=5]}. */
record TypeText(ElementType element, Shape shape) {
    private static final Pattern SYNTAX = Pattern.compile("([A-Za-z0-9_/]+)(?:<=([0-9]+))?(\\[(?:(<=)?([0-9]+))?\\])?");
    private static final Map<String, ElementType.Primitive> PRIMITIVES = Arrays.stream(ElementType.Primitive.values())
            .collect(Collectors.toUnmodifiableMap(ElementType.Primitive::text, Function.identity()));

    /** Names without a package mean the given one. */
    static TypeText parse(String text, String packageName) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("that is no type: " + text);
        }
        Bound bound = matcher.group(2) == null ? Bound.NONE : new Bound(number(matcher.group(2)));
        return new TypeText(element(matcher.group(1), bound, packageName), shape(matcher));
    }

    private static Shape shape(Matcher matcher) {
        if (matcher.group(3) == null) {
            return Shape.SINGLE;
        }
        if (matcher.group(5) == null) {
            return new Shape.Sequence(Bound.NONE);
        }
        int count = number(matcher.group(5));
        return matcher.group(4) == null ? new Shape.Array(count) : new Shape.Sequence(new Bound(count));
    }

    private static ElementType element(String text, Bound bound, String packageName) {
        if (text.equals("string") || text.equals("wstring")) {
            return new ElementType.StringType(text.equals("wstring"), bound);
        }
        if (!bound.isUnbounded()) {
            throw new IllegalArgumentException("only string and wstring have a bound, not " + text);
        }
        ElementType.Primitive primitive = PRIMITIVES.get(text);
        return primitive != null ? primitive : new ElementType.Nested(nested(text, packageName));
    }

    private static TypeName nested(String text, String packageName) {
        String[] parts = text.split("/", -1);
        if (parts.length == 1) {
            return TypeName.message(packageName, text);
        }
        if (parts.length == 2) {
            return TypeName.message(parts[0], parts[1]);
        }
        TypeName name = TypeName.parse(text);
        if (name.kind() != TypeName.Kind.MSG) {
            throw new IllegalArgumentException("a field holds a message, not " + name);
        }
        return name;
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the bound is too large: " + digits);
        }
    }
}

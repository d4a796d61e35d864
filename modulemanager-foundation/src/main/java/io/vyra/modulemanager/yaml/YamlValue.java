package io.vyra.modulemanager.yaml;

import io.vyra.modulemanager.yaml.YamlNode.Scalar;
import io.vyra.modulemanager.yaml.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One value at its place. A typed question answers empty, and leaves an error in the findings, when the value is of another type.
 *
 * <p>Nothing is converted: a quoted number is a text, and {@code no} is a text as YAML 1.2 says. Not thread-safe.
 */
public final class YamlValue {
    private static final Set<String> YAML_1_1_BOOLEANS = Set.of("y", "n", "yes", "no", "on", "off");
    /** Longest number read; longer ones are of no use and slow to convert. */
    private static final int MAX_NUMBER_LENGTH = 40;

    private final String file;
    private final String pointer;
    private final int line;
    private final YamlNode node;
    private final YamlFindings findings;

    YamlValue(String file, String pointer, int line, YamlNode node, YamlFindings findings) {
        this.file = file;
        this.pointer = pointer;
        this.line = line;
        this.node = node;
        this.findings = findings;
    }

    public boolean isNull() {
        return node instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
    }

    public boolean isText() {
        return node instanceof Scalar scalar && scalar.type() == ScalarType.TEXT;
    }

    public boolean isNumber() {
        return node instanceof Scalar scalar
                && (scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT);
    }

    public boolean isList() {
        return node instanceof YamlNode.Sequence;
    }

    public boolean isMap() {
        return node instanceof YamlNode.Mapping;
    }

    public int line() {
        return line;
    }

    /** JSON pointer (RFC 6901). */
    public String pointer() {
        return pointer;
    }

    /** Adds an error at this place; the message continues a sentence that starts with the place. */
    public void error(String message) {
        findings.error(file, line, pointer, message);
    }

    /** Adds a warning at this place. */
    public void warning(String message) {
        findings.warning(file, line, pointer, message);
    }

    /** Adds the error that something else was expected here. */
    public void refuse(String expected) {
        String hint = "";
        if (node instanceof Scalar scalar
                && expected.contains("true or false")
                && YAML_1_1_BOOLEANS.contains(scalar.text().toLowerCase(Locale.ROOT))) {
            hint = "; in YAML 1.2 only true and false are booleans, yes, no, on and off are texts";
        } else if (node instanceof Scalar scalar && !isText() && !isNull() && expected.contains("text")) {
            hint = "; write it in quotes: \"" + scalar.text() + "\"";
        }
        error("must be " + expected + " but is " + node.kind() + hint);
    }

    public Optional<String> text() {
        if (isText() && node instanceof Scalar scalar) {
            if (scalar.text().chars().noneMatch(c -> c == 0)) {
                return Optional.of(scalar.text());
            }
            error("must not hold a NUL character");
        } else {
            refuse("a text");
        }
        return Optional.empty();
    }

    /** A text, or the text of a number as it was written. */
    public Optional<String> textOrNumber() {
        return isNumber() && node instanceof Scalar scalar ? Optional.of(scalar.text()) : text();
    }

    /** Any scalar but null, as it was written. */
    public Optional<String> anyScalar() {
        if (node instanceof Scalar scalar && !isNull()) {
            return isText() ? text() : Optional.of(scalar.text());
        }
        refuse("a text, a number or a boolean");
        return Optional.empty();
    }

    public Optional<Boolean> flag() {
        if (node instanceof Scalar scalar && scalar.type() == ScalarType.BOOLEAN) {
            return Optional.of(Boolean.parseBoolean(scalar.text()));
        }
        refuse("true or false");
        return Optional.empty();
    }

    public OptionalLong wholeNumber(long min, long max) {
        String expected =
                "a whole number " + (max == Long.MAX_VALUE ? "of at least " + min : "between " + min + " and " + max);
        if (node instanceof Scalar scalar
                && scalar.type() == ScalarType.INTEGER
                && scalar.text().length() <= MAX_NUMBER_LENGTH) {
            BigInteger number = integer(scalar.text());
            if (number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0) {
                return OptionalLong.of(number.longValueExact());
            }
        }
        refuse(expected);
        return OptionalLong.empty();
    }

    public OptionalDouble number(double min, double max) {
        if (isNumber() && node instanceof Scalar scalar) {
            Optional<Double> number = decimal(scalar).filter(value -> value >= min && value <= max);
            if (number.isPresent()) {
                return OptionalDouble.of(number.get());
            }
        }
        refuse("a number between " + plain(min) + " and " + plain(max));
        return OptionalDouble.empty();
    }

    private static Optional<Double> decimal(Scalar scalar) {
        String text = scalar.text();
        if (text.length() > MAX_NUMBER_LENGTH) {
            return Optional.empty();
        }
        if (scalar.type() == ScalarType.INTEGER) {
            return Optional.of(integer(text).doubleValue());
        }
        try {
            return Optional.of(new BigDecimal(text).doubleValue());
        } catch (NumberFormatException e) {
            // .inf and .nan are floats of the core schema and never a useful setting.
            return Optional.empty();
        }
    }

    /** Decimal, {@code 0o17} and {@code 0x1f}, as in the core schema (YAML 1.2.2, section 10.3.2). */
    private static BigInteger integer(String text) {
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The items of a list. */
    public List<YamlValue> items() {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            refuse("a list");
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>(sequence.items().size());
        for (YamlNode item : sequence.items()) {
            items.add(new YamlValue(file, pointer + "/" + items.size(), item.line(), item, findings));
        }
        return items;
    }

    /** The texts of a list; items of another type are errors and left out. */
    public List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /** The value as a map; another type is an error and reads as an empty map. */
    public YamlSection section() {
        if (node instanceof YamlNode.Mapping mapping) {
            return new YamlSection(file, pointer, line, mapping.entries(), findings);
        }
        refuse("a map");
        return YamlSection.empty(file, findings);
    }
}

package io.vyra.zenoh.keyexpr;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A set of keys, in canonical form, so that equal sets that are written alike are equal. Immutable.
 *
 * <p>Chunks are separated by slashes. {@code *} stands for any one chunk, {@code **} for any number of them, {@code $*} for any characters
 * within one. A chunk that starts with {@code @} is verbatim: only the same chunk matches it, no wild card does.
 */
public final class KeyExpression {
    /** How long an expression may be, in bytes of UTF-8. */
    public static final int LONGEST = 0xffff;

    private final String text;
    private final byte[] utf8;
    private final String[] chunks;
    private final boolean isWild;

    private KeyExpression(String text) {
        this.text = text;
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > LONGEST) {
            throw new InvalidKeyExpressionException(
                    text, "it has " + utf8.length + " bytes, at most " + LONGEST + " are allowed");
        }
        this.chunks = text.split("/", -1);
        this.isWild = text.indexOf('*') >= 0;
    }

    /**
     * The expression with this text.
     *
     * @throws InvalidKeyExpressionException when it is none or not in canonical form; the message says why, and what the form would be
     */
    public static KeyExpression of(String text) {
        String canonical = CanonicalForm.of(text);
        if (!canonical.equals(text)) {
            throw new InvalidKeyExpressionException(text, "it is not in canonical form, write '" + canonical + "'");
        }
        return new KeyExpression(text);
    }

    /**
     * The expression with this text, put into canonical form.
     *
     * @throws InvalidKeyExpressionException when it is none
     */
    public static KeyExpression canonize(String text) {
        return new KeyExpression(CanonicalForm.of(text));
    }

    /**
     * This expression, a slash, and the given one.
     *
     * @throws InvalidKeyExpressionException when the given one is none
     */
    public KeyExpression join(String suffix) {
        return canonize(text + "/" + suffix);
    }

    /** Whether it has a wild card, so that it may stand for several keys. */
    public boolean isWild() {
        return isWild;
    }

    /** Whether some key is in both. */
    public boolean intersects(KeyExpression other) {
        if (!isWild && !other.isWild) {
            return text.equals(other.text);
        }
        return Matching.intersects(chunks, other.chunks);
    }

    /**
     * Whether every key of the given expression is in this one. It may say no although it is so where both have wild cards side by side,
     * as {@code *&#47;**} and {@code **&#47;a}; it never says yes wrongly.
     */
    public boolean includes(KeyExpression other) {
        if (!isWild) {
            return text.equals(other.text);
        }
        return Matching.includes(chunks, other.chunks);
    }

    /** The parts between the slashes. */
    public List<String> chunks() {
        return List.of(chunks);
    }

    /** The text as UTF-8. The array must not be changed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyExpression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}

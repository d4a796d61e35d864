package io.vyra.zenoh.keyexpr;

/** A text is not a key expression. */
public final class InvalidKeyExpressionException extends IllegalArgumentException {
    InvalidKeyExpressionException(String text, String why) {
        super("'" + shortened(text) + "' is not a key expression: " + why);
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}

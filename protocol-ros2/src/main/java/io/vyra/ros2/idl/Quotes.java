package io.vyra.ros2.idl;

/** Finds what is not inside quotes. */
final class Quotes {
    private Quotes() {}

    /**
     * Where a character stands outside of quotes, from an index on; −1 when it does not. A quote opens only at the start of a word, so an
     * apostrophe in a comment or a text without quotes is just that.
     */
    static int indexOf(String text, char wanted, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == wanted) {
                return i;
            } else if ((c == '"' || c == '\'') && (i == from || isBefore(text.charAt(i - 1)))) {
                quote = c;
            }
        }
        return -1;
    }

    private static boolean isBefore(char c) {
        return Character.isWhitespace(c) || c == '=' || c == ',' || c == '[';
    }
}

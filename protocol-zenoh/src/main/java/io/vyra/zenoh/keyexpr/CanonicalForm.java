package io.vyra.zenoh.keyexpr;

/** The one way to write a key expression. */
final class CanonicalForm {
    private static final String ANY = "*";
    private static final String ANY_NUMBER = "**";
    private static final String ANY_CHARACTERS = "$*";

    private CanonicalForm() {}

    /**
     * @throws InvalidKeyExpressionException when the text is no key expression
     */
    static String of(String text) {
        StringBuilder canonical = new StringBuilder(text.length());
        boolean pendingAnyNumber = false;
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            String chunk = chunk(text, text.substring(start, end));
            if (chunk.equals(ANY_NUMBER)) {
                // Held back: any single chunks that follow go before it, further ones of its kind into it.
                pendingAnyNumber = true;
            } else {
                if (pendingAnyNumber && !chunk.equals(ANY)) {
                    append(canonical, ANY_NUMBER);
                    pendingAnyNumber = false;
                }
                append(canonical, chunk);
            }
            start = end + 1;
        }
        if (pendingAnyNumber) {
            append(canonical, ANY_NUMBER);
        }
        return canonical.toString();
    }

    private static void append(StringBuilder canonical, String chunk) {
        if (!canonical.isEmpty()) {
            canonical.append('/');
        }
        canonical.append(chunk);
    }

    private static String chunk(String text, String chunk) {
        if (chunk.isEmpty()) {
            throw new InvalidKeyExpressionException(
                    text, "a part between slashes is empty, or it starts or ends with a slash");
        }
        if (chunk.equals(ANY) || chunk.equals(ANY_NUMBER)) {
            return chunk;
        }
        StringBuilder result = null;
        for (int i = 0; i < chunk.length(); i++) {
            char character = chunk.charAt(i);
            switch (character) {
                case '#', '?' ->
                    throw new InvalidKeyExpressionException(text, "'" + character + "' is not allowed in it");
                case '*' ->
                    throw new InvalidKeyExpressionException(
                            text, "'*' stands alone between slashes, or after '$' within a part");
                case '$' -> {
                    if (i + 1 >= chunk.length() || chunk.charAt(i + 1) != '*') {
                        throw new InvalidKeyExpressionException(text, "'$' is only allowed before '*'");
                    }
                    i++;
                    if (chunk.startsWith(ANY_CHARACTERS, i + 1)) {
                        // Two in a row are one: this one is left out.
                        result = result == null ? new StringBuilder(chunk.substring(0, i - 1)) : result;
                    } else if (result != null) {
                        result.append(ANY_CHARACTERS);
                    }
                }
                default -> {
                    if (result != null) {
                        result.append(character);
                    }
                }
            }
        }
        String canonical = result == null ? chunk : result.toString();
        return canonical.equals(ANY_CHARACTERS) ? ANY : canonical;
    }
}

package io.vyra.module.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON object (RFC 8259); a name that occurs twice is refused. For one text; not thread-safe. */
final class JsonReader {
    static final int MOST_CHARACTERS = 1 << 20;
    static final int MOST_DEPTH = 32;
    private static final int LONGEST_NUMBER = 64;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    JsonObject document() throws MalformedJsonException {
        if (text.length() > MOST_CHARACTERS) {
            throw new MalformedJsonException("it has more than " + MOST_CHARACTERS + " characters", MOST_CHARACTERS);
        }
        skipSpace();
        if (at >= text.length() || text.charAt(at) != '{') {
            throw failure("an object is expected");
        }
        JsonObject object = object();
        skipSpace();
        if (at < text.length()) {
            throw failure("something follows the object");
        }
        return object;
    }

    private Object value() throws MalformedJsonException {
        skipSpace();
        if (at >= text.length()) {
            throw failure("a value is missing");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private JsonObject object() throws MalformedJsonException {
        enter();
        Map<String, Object> members = new LinkedHashMap<>();
        if (!takesIf('}')) {
            do {
                skipSpace();
                if (at >= text.length() || text.charAt(at) != '"') {
                    throw failure("a name in quotes is expected");
                }
                String name = string();
                if (members.containsKey(name)) {
                    throw failure("a name occurs twice");
                }
                take(':');
                members.put(name, value());
            } while (takesIf(','));
            take('}');
        }
        depth--;
        return JsonObject.taking(members);
    }

    private List<Object> list() throws MalformedJsonException {
        enter();
        List<Object> list = new ArrayList<>();
        if (!takesIf(']')) {
            do {
                list.add(value());
            } while (takesIf(','));
            take(']');
        }
        depth--;
        return Collections.unmodifiableList(list);
    }

    private void enter() throws MalformedJsonException {
        depth++;
        if (depth > MOST_DEPTH) {
            throw failure("it is nested more than " + MOST_DEPTH + " levels deep");
        }
        at++;
    }

    private String string() throws MalformedJsonException {
        at++;
        StringBuilder found = new StringBuilder();
        while (at < text.length()) {
            char letter = text.charAt(at++);
            switch (letter) {
                case '"' -> {
                    return found.toString();
                }
                case '\\' -> found.append(escaped());
                default -> {
                    if (letter < 0x20) {
                        throw failure("a control character in a text");
                    }
                    found.append(letter);
                }
            }
        }
        throw failure("a text does not end");
    }

    private char escaped() throws MalformedJsonException {
        if (at >= text.length()) {
            throw failure("a text does not end");
        }
        char letter = text.charAt(at++);
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw failure("an unknown escape");
        };
    }

    private char hexadecimal() throws MalformedJsonException {
        if (at + 4 > text.length()) {
            throw failure("four hexadecimal digits are expected");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0 || text.charAt(at) > 0x7f) {
                throw failure("four hexadecimal digits are expected");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Object word(String word, Object value) throws MalformedJsonException {
        if (!text.startsWith(word, at)) {
            throw failure("a value is expected");
        }
        at += word.length();
        return value;
    }

    private Object number() throws MalformedJsonException {
        int start = at;
        if (isAt('-')) {
            at++;
        }
        int firstDigit = at;
        digits();
        if (text.charAt(firstDigit) == '0' && at > firstDigit + 1) {
            throw failure("a number begins with 0");
        }
        boolean isWhole = true;
        if (isAt('.')) {
            at++;
            digits();
            isWhole = false;
        }
        if (isAt('e') || isAt('E')) {
            at++;
            if (isAt('+') || isAt('-')) {
                at++;
            }
            digits();
            isWhole = false;
        }
        return number(text.substring(start, at), isWhole);
    }

    private Object number(String digits, boolean isWhole) throws MalformedJsonException {
        if (digits.length() > LONGEST_NUMBER) {
            throw failure("a number has more than " + LONGEST_NUMBER + " characters");
        }
        if (isWhole && digits.length() <= 18) {
            return Long.parseLong(digits);
        }
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw failure("a number is too large");
        }
        return number;
    }

    private void digits() throws MalformedJsonException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw failure("a value is expected");
        }
    }

    private boolean isAt(char letter) {
        return at < text.length() && text.charAt(at) == letter;
    }

    private boolean takesIf(char letter) {
        skipSpace();
        if (!isAt(letter)) {
            return false;
        }
        at++;
        return true;
    }

    private void take(char letter) throws MalformedJsonException {
        if (!takesIf(letter)) {
            throw failure("'" + letter + "' is expected");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private MalformedJsonException failure(String what) {
        return new MalformedJsonException(what, at);
    }
}

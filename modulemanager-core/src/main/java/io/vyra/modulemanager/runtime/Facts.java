package io.vyra.modulemanager.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Names and values as the shim writes them: on one line, {@code word name=value …}, or as a record with one pair a line and a last
 * line {@code end}. A value may occur several times.
 *
 * <p>Parsing never fails: what is not a pair is passed over, and whoever reads a value finds it missing.
 */
final class Facts {
    /** Longer input is not from a shim. */
    static final int MAX_LENGTH = 32_768;

    private final String word;
    private final Map<String, List<String>> values;

    private Facts(String word, Map<String, List<String>> values) {
        this.word = word;
        this.values = values;
    }

    static Facts ofLine(String line) {
        String[] parts =
                line.length() > MAX_LENGTH ? new String[] {""} : line.strip().split(" ", -1);
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            add(values, parts[i]);
        }
        return new Facts(parts[0], values);
    }

    /** Empty when the record is not whole. */
    static Optional<Facts> ofRecord(String text) {
        if (text.length() > MAX_LENGTH || !text.endsWith("\nend\n")) {
            return Optional.empty();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        text.lines().forEach(line -> add(values, line));
        return Optional.of(new Facts("", values));
    }

    private static void add(Map<String, List<String>> values, String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
            values.computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                    .add(pair.substring(equals + 1));
        }
    }

    /** The first word of the line; empty for a record. */
    String word() {
        return word;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> text(String name) {
        return all(name).stream().findFirst();
    }

    OptionalLong number(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    boolean isSet(String name) {
        return text(name).filter("1"::equals).isPresent();
    }
}

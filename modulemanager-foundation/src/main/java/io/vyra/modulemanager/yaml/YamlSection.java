package io.vyra.modulemanager.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A map at its place. Remembers which keys were asked for, so that the others can be refused or warned about.
 *
 * <p>A key with an empty value ({@code key:}) counts as absent, as in VYRA's own files. Not thread-safe.
 */
public final class YamlSection {
    private final String file;
    private final String pointer;
    private final int line;
    private final Map<String, YamlNode.Entry> entries;
    private final YamlFindings findings;
    private final Set<String> known = new HashSet<>();

    YamlSection(String file, String pointer, int line, Map<String, YamlNode.Entry> entries, YamlFindings findings) {
        this.file = file;
        this.pointer = pointer;
        this.line = line;
        this.entries = entries;
        this.findings = findings;
    }

    static YamlSection empty(String file, YamlFindings findings) {
        return new YamlSection(file, "", 0, Map.of(), findings);
    }

    /** Adds an error about the map as a whole. */
    public void error(String message) {
        findings.error(file, line, pointer, message);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The value of a key; empty when the key is absent or its value is null. */
    public Optional<YamlValue> value(String key) {
        known.add(key);
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? Optional.empty() : Optional.of(at(key, entry)).filter(value -> !value.isNull());
    }

    /** All keys with their values, nulls included, in the order of the file; every key then counts as known. */
    public List<Member> members() {
        known.addAll(entries.keySet());
        List<Member> members = new ArrayList<>(entries.size());
        entries.forEach((key, entry) -> members.add(new Member(key, at(key, entry))));
        return members;
    }

    public record Member(String key, YamlValue value) {}

    public Optional<String> text(String key) {
        return value(key).flatMap(YamlValue::text);
    }

    /** A text that must be there and not blank; otherwise an error and empty. */
    public Optional<String> requiredText(String key) {
        Optional<YamlValue> value = value(key);
        if (value.isEmpty()) {
            findings.error(file, lineOf(key), pointerTo(key), "is required and must be a text");
            return Optional.empty();
        }
        Optional<String> text = value.get().text();
        if (text.isPresent() && text.get().isBlank()) {
            value.get().error("must not be blank");
            return Optional.empty();
        }
        return text;
    }

    public boolean flag(String key, boolean absent) {
        return value(key).flatMap(YamlValue::flag).orElse(absent);
    }

    public OptionalLong wholeNumber(String key, long min, long max) {
        Optional<YamlValue> value = value(key);
        return value.isPresent() ? value.get().wholeNumber(min, max) : OptionalLong.empty();
    }

    public OptionalDouble number(String key, double min, double max) {
        Optional<YamlValue> value = value(key);
        return value.isPresent() ? value.get().number(min, max) : OptionalDouble.empty();
    }

    public Optional<YamlSection> section(String key) {
        return value(key).map(YamlValue::section);
    }

    /** The items of a list; empty when the key is absent. */
    public List<YamlValue> items(String key) {
        return value(key).map(YamlValue::items).orElse(List.of());
    }

    public List<String> texts(String key) {
        return value(key).map(YamlValue::texts).orElse(List.of());
    }

    /** Says that these keys exist and are not read here. */
    public YamlSection ignore(String... keys) {
        known.addAll(List.of(keys));
        return this;
    }

    /** Every key not asked for so far is an error. */
    public void refuseUnknownKeys() {
        unknown()
                .forEach(key -> findings.error(
                        file,
                        lineOf(key),
                        pointerTo(key),
                        "is an unknown key; known here: "
                                + String.join(", ", known.stream().sorted().toList())));
    }

    /** Every key not asked for so far is a warning: a newer package must still install. */
    public void warnUnknownKeys() {
        unknown().forEach(key -> findings.warning(file, lineOf(key), pointerTo(key), "is an unknown key and ignored"));
    }

    private List<String> unknown() {
        return entries.keySet().stream().filter(key -> !known.contains(key)).toList();
    }

    private YamlValue at(String key, YamlNode.Entry entry) {
        return new YamlValue(file, pointerTo(key), entry.keyLine(), entry.value(), findings);
    }

    private int lineOf(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? line : entry.keyLine();
    }

    private String pointerTo(String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}

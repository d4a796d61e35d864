package io.vyra.modulemanager.module;

import java.util.Objects;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * A set of versions, written as in VYRA's manifests: {@code >=1.0.0}, {@code ^2.1.0}, {@code 1.2.3}, {@code >=1.0 <2}, {@code *}.
 *
 * <p>Pre-releases belong to a range only when the range itself names a pre-release of the same version.
 */
public final class VersionRange {
    public static final VersionRange ANY = new VersionRange("*", RangeListFactory.create("*"));

    private final String text;
    private final RangeList ranges;

    private VersionRange(String text, RangeList ranges) {
        this.text = text;
        this.ranges = ranges;
    }

    /**
     * @throws IllegalArgumentException naming the text when it is no range
     */
    public static VersionRange parse(String text) {
        Objects.requireNonNull(text, "text");
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.equals("*")) {
            return ANY;
        }
        if (trimmed.length() > 128 || !trimmed.matches("[0-9A-Za-z.+*^~<>=|, -]+")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version or range such as 1.2.3, ^1.2 or >=1.0 <2");
        }
        RangeList ranges = RangeListFactory.create(trimmed.replace(',', ' '));
        if (ranges.get().isEmpty() || ranges.get().stream().anyMatch(java.util.List::isEmpty)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version or range such as 1.2.3, ^1.2 or >=1.0 <2");
        }
        return new VersionRange(trimmed, ranges);
    }

    public boolean contains(Semver version) {
        return ranges.isSatisfiedBy(version);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The range as it was written. */
    @Override
    public String toString() {
        return text;
    }
}

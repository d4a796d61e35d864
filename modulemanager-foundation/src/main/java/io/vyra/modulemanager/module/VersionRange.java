package io.vyra.modulemanager.module;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
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

    private static final int MOST_CHARACTERS = 128;
    private static final String VERSION =
            "v?(?:\\d+|[xX*])(?:\\.(?:\\d+|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?";
    private static final String COMPARATOR = "(?:\\^|~|>=|<=|>|<|=)?\\s*" + VERSION;
    private static final String ALTERNATIVE =
            "(?:" + VERSION + "\\s+-\\s+" + VERSION + "|" + COMPARATOR + "(?:[\\s,]+" + COMPARATOR + ")*)";
    private static final Pattern RANGE = Pattern.compile(ALTERNATIVE + "(?:\\s*\\|\\|\\s*" + ALTERNATIVE + ")*");

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
        if (trimmed.length() > MOST_CHARACTERS || !RANGE.matcher(trimmed).matches()) {
            throw notARange(text);
        }
        RangeList ranges = RangeListFactory.create(trimmed.replace(',', ' '));
        if (ranges.get().isEmpty() || ranges.get().stream().anyMatch(List::isEmpty)) {
            throw notARange(text);
        }
        return new VersionRange(trimmed, ranges);
    }

    private static IllegalArgumentException notARange(String text) {
        return new IllegalArgumentException("'" + text + "' is not a version or range such as 1.2.3, ^1.2 or >=1.0 <2");
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

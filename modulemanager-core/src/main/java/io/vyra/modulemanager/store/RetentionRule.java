package io.vyra.modulemanager.store;

import io.vyra.modulemanager.KeptVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.semver4j.Semver;

/**
 * Which versions of one module stay on the disk, and why. A pure function, so that what would be deleted can be shown beforehand.
 *
 * @param newest how many of the newest versions stay in any case, 0 … 100
 */
public record RetentionRule(int newest) {
    public static final RetentionRule DEFAULT = new RetentionRule(2);

    public RetentionRule {
        if (newest < 0 || newest > 100) {
            throw new IllegalArgumentException("newest must be between 0 and 100 but is " + newest);
        }
    }

    /**
     * @param versions on disk, of one module, in any order
     * @param current  version that is installed
     * @param previous version a rollback would return to
     * @param pinned   versions a user wants kept
     * @return the same versions, newest first by semantic version, with the reasons that keep each
     */
    public List<KeptVersion> apply(
            List<KeptVersion> versions, Optional<String> current, Optional<String> previous, Set<String> pinned) {
        List<KeptVersion> sorted = versions.stream()
                .sorted(Comparator.comparing((KeptVersion kept) -> new Semver(kept.version()))
                        .thenComparing(KeptVersion::version)
                        .reversed())
                .toList();
        List<KeptVersion> judged = new ArrayList<>();
        for (KeptVersion kept : sorted) {
            List<String> reasons = new ArrayList<>();
            if (current.filter(kept.version()::equals).isPresent()) {
                reasons.add("current");
            }
            if (previous.filter(kept.version()::equals).isPresent()) {
                reasons.add("previous");
            }
            if (pinned.contains(kept.version())) {
                reasons.add("pinned");
            }
            if (judged.size() < newest) {
                reasons.add("newest");
            }
            judged.add(new KeptVersion(
                    kept.moduleId(), kept.version(), kept.bytes(), kept.installedAt(), List.copyOf(reasons)));
        }
        return judged;
    }
}

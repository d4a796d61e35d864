package io.vyra.modulemanager;

import java.time.Instant;
import java.util.List;

/**
 * A version on disk and what the retention rule says of it.
 *
 * @param bytes   size on disk
 * @param reasons why it is kept ({@code current}, {@code previous}, {@code pinned}, {@code newest}); empty: it would be deleted
 */
public record KeptVersion(String moduleId, String version, long bytes, Instant installedAt, List<String> reasons) {
    public boolean isKept() {
        return !reasons.isEmpty();
    }
}

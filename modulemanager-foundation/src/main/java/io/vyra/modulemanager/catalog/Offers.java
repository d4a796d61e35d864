package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.VersionRange;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** The versions a plan may choose from. */
interface Offers {

    /** Every version of a module that one repository, or any, offers, newest first, pre-releases included. */
    List<CatalogEntry> versionsOf(String name, Optional<String> repository);

    /** Why entries of this name in the indexes cannot be chosen; empty when there are none. */
    List<String> skipped(String name, Optional<String> repository);

    /**
     * Versions that a request may choose from, newest first.
     *
     * @param range empty: every stable version; a pre-release is chosen only by a range that names it
     */
    default List<CatalogEntry> candidates(String name, Optional<VersionRange> range, Optional<String> repository) {
        return versionsOf(name, repository).stream()
                .filter(entry -> range.map(wanted -> wanted.contains(entry.version()))
                        .orElseGet(() -> isStable(entry.version())))
                .toList();
    }

    static boolean isStable(Semver version) {
        return version.getPreRelease().isEmpty();
    }
}

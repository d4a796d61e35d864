package io.vyra.modulemanager.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one repository offers: its index, read.
 *
 * @param entries  in the index's order, each name and version once
 * @param warnings what was skipped or ignored, with JSON pointers; bounded
 * @param skipped  the names that skipped entries bear, with the warning about each; bounded
 */
record RepositoryIndex(
        List<CatalogEntry> entries,
        List<String> warnings,
        Map<String, List<CatalogEntry>> byName,
        Map<String, List<String>> skipped) {
    static final RepositoryIndex EMPTY = new RepositoryIndex(List.of(), List.of(), List.of());

    /** An entry that is of no use, as far as its name can be told. */
    record Skipped(String name, String why) {}

    RepositoryIndex(List<CatalogEntry> entries, List<String> warnings, List<Skipped> skipped) {
        this(
                List.copyOf(entries),
                List.copyOf(warnings),
                entries.stream().collect(Collectors.groupingBy(CatalogEntry::name)),
                skipped.stream()
                        .collect(Collectors.groupingBy(
                                Skipped::name, Collectors.mapping(Skipped::why, Collectors.toList()))));
    }

    List<CatalogEntry> named(String name) {
        return byName.getOrDefault(name, List.of());
    }
}

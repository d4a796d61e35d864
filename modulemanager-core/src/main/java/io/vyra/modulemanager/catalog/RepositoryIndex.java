package io.vyra.modulemanager.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one repository offers: its index, read.
 *
 * @param entries  in the index's order, each name and version once
 * @param warnings what was skipped or ignored, with JSON pointers; bounded
 */
record RepositoryIndex(List<CatalogEntry> entries, List<String> warnings, Map<String, List<CatalogEntry>> byName) {
    static final RepositoryIndex EMPTY = new RepositoryIndex(List.of(), List.of());

    RepositoryIndex(List<CatalogEntry> entries, List<String> warnings) {
        this(
                List.copyOf(entries),
                List.copyOf(warnings),
                entries.stream().collect(Collectors.groupingBy(CatalogEntry::name)));
    }

    List<CatalogEntry> named(String name) {
        return byName.getOrDefault(name, List.of());
    }
}

package io.vyra.modulemanager.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A catalogue of given entries, all of them from one repository called {@code demo}. */
final class OfferedEntries implements Offers {
    private final List<CatalogEntry> entries;

    OfferedEntries(List<CatalogEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    @Override
    public List<CatalogEntry> versionsOf(String name, Optional<String> repository) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .filter(entry -> repository.isEmpty() || repository.get().equals(entry.repositoryId()))
                .sorted(Comparator.comparing(CatalogEntry::version).reversed())
                .toList();
    }

    @Override
    public List<String> skipped(String name, Optional<String> repository) {
        return List.of();
    }
}

package io.vyra.modulemanager.catalog;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * What all enabled repositories offer, merged: of two that offer the same version of a module, the one with the lower priority number
 * counts.
 *
 * <p>Thread-safe. Every answer comes from memory, so it never waits for a network.
 */
public final class Catalog implements Offers {
    private static final Comparator<CatalogEntry> NEWEST_FIRST =
            Comparator.comparing(CatalogEntry::version).reversed();

    private final RepositoryStore store;
    private final RepositoryRefresher refresher;

    public Catalog(RepositoryStore store, RepositoryRefresher refresher) {
        this.store = store;
        this.refresher = refresher;
    }

    /**
     * Entries whose name, description, author or blueprint holds the text, by name and then newest first.
     *
     * @param text       in any case; empty: all
     * @param repository only from this one, also the entries that another one hides; empty: all
     */
    public List<CatalogEntry> search(Optional<String> text, Optional<String> repository) {
        Map<String, CatalogEntry> merged = new LinkedHashMap<>();
        String wanted = text.orElse("").strip().toLowerCase(Locale.ROOT);
        for (Repository source : sources(repository)) {
            for (CatalogEntry entry : refresher.indexOf(source).entries()) {
                if (matches(entry, wanted)) {
                    merged.putIfAbsent(entry.name() + " " + entry.version(), entry);
                }
            }
        }
        return merged.values().stream()
                .sorted(Comparator.comparing(CatalogEntry::name).thenComparing(NEWEST_FIRST))
                .toList();
    }

    private static boolean matches(CatalogEntry entry, String wanted) {
        return wanted.isEmpty()
                || entry.name().contains(wanted)
                || entry.description().toLowerCase(Locale.ROOT).contains(wanted)
                || entry.author().toLowerCase(Locale.ROOT).contains(wanted)
                || entry.blueprints().stream()
                        .anyMatch(
                                blueprint -> blueprint.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private List<Repository> sources(Optional<String> repository) {
        return store.list().stream()
                .filter(Repository::enabled)
                .filter(source -> repository.isEmpty() || repository.get().equals(source.id()))
                .toList();
    }

    /** Every version of a module, newest first, pre-releases included. */
    public List<CatalogEntry> versionsOf(String name) {
        return versionsOf(name, Optional.empty());
    }

    @Override
    public List<CatalogEntry> versionsOf(String name, Optional<String> repository) {
        Map<Semver, CatalogEntry> merged = new LinkedHashMap<>();
        for (Repository source : sources(repository)) {
            for (CatalogEntry entry : refresher.indexOf(source).named(name)) {
                merged.putIfAbsent(entry.version(), entry);
            }
        }
        return merged.values().stream().sorted(NEWEST_FIRST).toList();
    }

    @Override
    public List<String> skipped(String name, Optional<String> repository) {
        return sources(repository).stream()
                .flatMap(source -> refresher.indexOf(source).skipped().getOrDefault(name, List.of()).stream()
                        .map(why -> "In the index of repository " + source.id() + " " + why))
                .toList();
    }

    /** The newest stable version after {@code version}, if there is one. Asked for every module of every list, so it allocates nothing. */
    public Optional<CatalogEntry> newerThan(String name, Semver version) {
        CatalogEntry newest = null;
        for (Repository source : store.list()) {
            if (source.enabled()) {
                for (CatalogEntry entry : refresher.indexOf(source).named(name)) {
                    Semver least = newest == null ? version : newest.version();
                    if (Offers.isStable(entry.version()) && entry.version().compareTo(least) > 0) {
                        newest = entry;
                    }
                }
            }
        }
        return Optional.ofNullable(newest);
    }
}

package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.Manifest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.semver4j.Semver;

/**
 * One version of one module that a repository offers.
 *
 * @param file     where the package lies, resolved against the repository
 * @param size     bytes; empty when the index does not say
 * @param checksum SHA-256 of the package, 64 lower-case hexadecimal digits; empty when the index does not say
 * @param instanceId the uuid the index calls {@code hash}; empty when it has none
 */
public record CatalogEntry(
        String repositoryId,
        String name,
        Semver version,
        Optional<String> instanceId,
        String description,
        String author,
        List<String> blueprints,
        Optional<String> icon,
        List<Manifest.Dependency> dependencies,
        URI file,
        OptionalLong size,
        Optional<String> checksum) {
    public CatalogEntry {
        blueprints = List.copyOf(blueprints);
        dependencies = List.copyOf(dependencies);
    }
}

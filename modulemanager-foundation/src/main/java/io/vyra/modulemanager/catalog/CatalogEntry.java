package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.Manifest;
import java.net.URI;
import java.util.List;
import java.util.Map;
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
 * @param images   image archives that lie beside the package, by variant
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
        Optional<String> checksum,
        Map<String, OfferedImage> images) {
    public CatalogEntry {
        blueprints = List.copyOf(blueprints);
        dependencies = List.copyOf(dependencies);
        // An operation that an earlier release wrote down has none.
        images = images == null ? Map.of() : Map.copyOf(images);
    }

    /** Without images beside the package. */
    public CatalogEntry(
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
        this(
                repositoryId,
                name,
                version,
                instanceId,
                description,
                author,
                blueprints,
                icon,
                dependencies,
                file,
                size,
                checksum,
                Map.of());
    }

    /** One of its images as something to fetch, named so in messages; empty when there is no such variant. */
    public Optional<CatalogEntry> image(String variant) {
        return Optional.ofNullable(images.get(variant))
                .map(image -> new CatalogEntry(
                        repositoryId,
                        name + " (image " + variant + ")",
                        version,
                        instanceId,
                        description,
                        author,
                        blueprints,
                        icon,
                        dependencies,
                        image.file(),
                        image.size(),
                        image.checksum()));
    }
}

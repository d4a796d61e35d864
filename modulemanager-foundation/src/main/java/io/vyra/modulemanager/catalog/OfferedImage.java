package io.vyra.modulemanager.catalog;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An image archive that a repository offers beside a package, full or delta.
 *
 * @param file     where it lies, resolved against the repository
 * @param size     bytes; empty when the index does not say
 * @param checksum SHA-256 of the file, 64 lower-case hexadecimal digits; empty when the index does not say
 */
public record OfferedImage(URI file, OptionalLong size, Optional<String> checksum) {}

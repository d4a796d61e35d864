package io.vyra.modulemanager.authoring;

import io.vyra.modulemanager.module.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * A package file and what its manifest says.
 *
 * @param checksum SHA-256, 64 lower-case hexadecimal digits
 * @param size     bytes
 * @param warnings about the manifest
 */
public record BuiltPackage(Path file, Manifest manifest, String checksum, long size, List<String> warnings) {
    public BuiltPackage {
        warnings = List.copyOf(warnings);
    }
}

package io.vyra.modulemanager.catalog;

import java.nio.file.Path;
import java.util.List;

/**
 * A package that is here, synced to the disk and as its index says.
 *
 * @param bytes    its size
 * @param sha256   of its content, 64 lower-case hexadecimal digits
 * @param warnings what could not be verified
 */
public record FetchedPackage(Path file, long bytes, String sha256, List<String> warnings) {
    public FetchedPackage {
        warnings = List.copyOf(warnings);
    }
}

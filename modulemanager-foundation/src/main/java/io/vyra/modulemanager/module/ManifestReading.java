package io.vyra.modulemanager.module;

import java.util.List;

/**
 * A manifest and what was odd about its files without being wrong, such as keys this version does not know.
 *
 * @param warnings each names file, line and JSON pointer
 */
public record ManifestReading(Manifest manifest, List<String> warnings) {
    public ManifestReading {
        warnings = List.copyOf(warnings);
    }
}

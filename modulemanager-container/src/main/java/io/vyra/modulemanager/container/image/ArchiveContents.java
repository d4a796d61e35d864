package io.vyra.modulemanager.container.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image archive holds, read once and checked.
 *
 * @param config     the image's configuration, as it stands there
 * @param configId   SHA-256 of it, 64 lower-case hexadecimal digits; engines name the image after it
 * @param diffIds    of all layers, lowest first ({@code sha256:…})
 * @param layerFiles for each layer the archive's file with its content; empty where the base image has it
 * @param sizes      bytes of each of those files
 * @param base       of a delta archive
 */
record ArchiveContents(
        byte[] config,
        String configId,
        List<String> diffIds,
        List<Optional<String>> layerFiles,
        Map<String, Long> sizes,
        Optional<BaseInfo> base) {
    ArchiveContents {
        diffIds = List.copyOf(diffIds);
        layerFiles = List.copyOf(layerFiles);
        sizes = Map.copyOf(sizes);
    }

    /** Of the layers the archive itself holds. */
    long bytes() {
        return layerFiles.stream()
                .flatMap(Optional::stream)
                .distinct()
                .mapToLong(sizes::get)
                .sum();
    }
}

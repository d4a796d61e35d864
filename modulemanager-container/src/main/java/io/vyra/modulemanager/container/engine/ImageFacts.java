package io.vyra.modulemanager.container.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an engine says of an image.
 *
 * @param layers  diff ids of its layers ({@code sha256:…}), lowest first
 * @param volumes folders that every container of it has a volume for, unless something else is mounted there
 * @param bytes   of all its layers, unpacked
 */
public record ImageFacts(
        String id,
        List<String> tags,
        List<String> layers,
        Map<String, String> labels,
        Set<String> volumes,
        long bytes) {
    public ImageFacts {
        tags = List.copyOf(tags);
        layers = List.copyOf(layers);
        labels = Map.copyOf(labels);
        volumes = Set.copyOf(volumes);
    }
}

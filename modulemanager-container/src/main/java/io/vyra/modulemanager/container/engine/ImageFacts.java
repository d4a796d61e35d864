package io.vyra.modulemanager.container.engine;

import java.util.List;
import java.util.Map;

/**
 * What an engine says of an image.
 *
 * @param layers diff ids of its layers ({@code sha256:…}), lowest first
 */
public record ImageFacts(String id, List<String> tags, List<String> layers, Map<String, String> labels) {
    public ImageFacts {
        tags = List.copyOf(tags);
        layers = List.copyOf(layers);
        labels = Map.copyOf(labels);
    }
}

package io.vyra.modulemanager.container.settings;

import java.util.Set;

/**
 * An image that the engine has.
 *
 * @param name    id or name
 * @param volumes folders for which the image wants a volume of the engine's
 */
public record ReadyImage(String name, Set<String> volumes) {
    public ReadyImage {
        volumes = Set.copyOf(volumes);
    }
}

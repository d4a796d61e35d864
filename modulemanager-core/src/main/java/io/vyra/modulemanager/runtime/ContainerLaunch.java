package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a runtime of containers needs beyond what a plain process needs.
 *
 * @param spec         what the module wants of its container
 * @param version      the version that is launched
 * @param storage      the module's storage on this machine, absolute
 * @param requirements devices and a GPU it asked for
 * @param labels       labels of the module's manifest
 * @param primary      whether it is the instance that is meant where only the module's name is given
 */
public record ContainerLaunch(
        ContainerSpec spec,
        String version,
        Path storage,
        Manifest.Requirements requirements,
        Map<String, String> labels,
        boolean primary) {
    public ContainerLaunch {
        Objects.requireNonNull(spec, "spec");
        labels = Map.copyOf(labels);
    }
}

package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a runtime needs to start one generation of a module.
 *
 * @param module      which instance
 * @param generation  launch counter; greater than that of every earlier launch of the module
 * @param tree        the installed version's tree, absolute; the process runs in it
 * @param logs        folder for its log files, absolute, exists
 * @param process     what to run
 * @param resources   limits to enforce
 * @param environment complete environment of the module (the manifest's additions are already in it)
 * @param container   what only a container needs; empty for a plain process
 */
public record LaunchSpec(
        ModuleId module,
        long generation,
        Path tree,
        Path logs,
        ProcessSpec process,
        Manifest.Resources resources,
        Map<String, String> environment,
        Optional<ContainerLaunch> container) {
    /** Folder, below that of a module's logs, for the log of a launch beside the module's own. */
    public static final String BESIDE = "beside";

    public LaunchSpec {
        environment = Map.copyOf(environment);
    }

    /** A plain process. */
    public LaunchSpec(
            ModuleId module,
            long generation,
            Path tree,
            Path logs,
            ProcessSpec process,
            Manifest.Resources resources,
            Map<String, String> environment) {
        this(module, generation, tree, logs, process, resources, environment, Optional.empty());
    }

    public LaunchSpec withEnvironment(Map<String, String> changed) {
        return new LaunchSpec(module, generation, tree, logs, process, resources, changed, container);
    }
}

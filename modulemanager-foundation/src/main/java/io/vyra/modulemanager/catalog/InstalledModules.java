package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.Manifest.Permissions;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** What the planner must know of the modules that are installed. */
@FunctionalInterface
public interface InstalledModules {

    /** A consistent snapshot. */
    List<Installed> all();

    /**
     * @param version      the current one
     * @param dependencies as its manifest says
     * @param running      whether an update interrupts it
     * @param storageBytes size of its persistent data, which an update copies
     * @param ports        it listens on when it runs
     * @param manifest     of that version; empty when it is not needed
     */
    record Installed(
            ModuleId id,
            Semver version,
            Permissions permissions,
            List<Dependency> dependencies,
            boolean running,
            long storageBytes,
            List<ProcessSpec.Port> ports,
            Optional<Manifest> manifest) {
        public Installed(
                ModuleId id,
                Semver version,
                Permissions permissions,
                List<Dependency> dependencies,
                boolean running,
                long storageBytes,
                List<ProcessSpec.Port> ports) {
            this(id, version, permissions, dependencies, running, storageBytes, ports, Optional.empty());
        }

        public Installed {
            dependencies = List.copyOf(dependencies);
            ports = List.copyOf(ports);
        }
    }
}

package io.vyra.modulemanager.api.assembly;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be configured of the core. Every key is also an environment variable, for example {@code VYRA_PROBATION}. */
@ConfigMapping(prefix = "vyra")
public interface CoreConfiguration {

    /**
     * What the manager's id begins with, and so its names on the bus and in the graph of ROS 2: lower-case letters, digits and
     * underscores. The variable {@code MODULE_NAME} sets it as well.
     */
    @WithDefault("${MODULE_NAME:v2_modulemanager}")
    String moduleName();

    /** Folder for everything durable. At most 80 bytes long, because sockets lie in it. */
    @WithDefault("data")
    Path data();

    /** The program {@code module-shim}, which comes with the distribution. */
    Path shim();

    /** Folder of the demo repository; added at the start when it is not known yet. */
    Optional<Path> demoRepository();

    /** Addresses of repositories that are added at the start when they are not known yet. */
    Optional<List<String>> repositories();

    /** Backup to restore at this start, before anything else; the present state is put aside. */
    Optional<Path> restore();

    /** Address under which modules reach the REST interface; made from the listener's address when absent. */
    Optional<String> managerUrl();

    /** How long a new version must stay healthy before its update is final. */
    @WithDefault("30s")
    Duration probation();

    /** How long an installation or update of one module may take, beside download and probation. */
    @WithDefault("10m")
    Duration operationTimeout();

    /** How often repositories are asked again by themselves. */
    @WithDefault("1h")
    Duration refreshEvery();

    /** Whether modules are stopped when the manager stops; for a manager that is a container's main process. */
    @WithDefault("false")
    boolean stopModulesOnExit();

    /** How long all modules together may take to stop then. */
    @WithDefault("30s")
    Duration stopPatience();

    Restart restart();

    Retention retention();

    ModuleLog moduleLog();

    PackageLimits packages();

    /** When crashed modules are started again. */
    interface Restart {
        /** Upper bound of the delay before the first restart. */
        @WithDefault("0.2s")
        Duration first();

        /** Upper bound of every delay. */
        @WithDefault("60s")
        Duration longest();

        /** Failures after which a module counts as failed. */
        @WithDefault("10")
        int budget();

        /** A run at least this long starts the delays over. */
        @WithDefault("60s")
        Duration calmAfter();

        /** A run at least this long gives the whole budget back. */
        @WithDefault("10m")
        Duration trustedAfter();

        /** Mean delay between attempts of a failed module. */
        @WithDefault("5m")
        Duration slowRetry();
    }

    /** Which old versions stay on the disk. */
    interface Retention {
        /** Newest versions kept of each module, beside the current, the previous and pinned ones: 0 to 100. */
        @WithDefault("2")
        int newest();
    }

    /** Log files of modules. */
    interface ModuleLog {
        /** Size at which a file is rotated: 64K to 1G. */
        @WithDefault("10M")
        MemorySize maxSize();

        /** Rotated files kept of each module: 1 to 100. */
        @WithDefault("4")
        int files();
    }

    /** What a package may contain at the most. */
    interface PackageLimits {
        /** Archive entries. */
        @WithDefault("100000")
        int maxEntries();

        /** Unpacked size. */
        @WithDefault("8G")
        MemorySize maxSize();
    }
}

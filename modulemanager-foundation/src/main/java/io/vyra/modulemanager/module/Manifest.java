package io.vyra.modulemanager.module;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * Everything a package's {@code .module/} folder says about a module, read and checked.
 *
 * @param name         module name
 * @param version      semantic version (semver.org 2.0.0)
 * @param instanceId   uuid the package asks for; empty when the manager is to generate one
 * @param about        texts for people
 * @param permissions  what may be done to the module
 * @param behavior     how it is to be supervised
 * @param resources    limits and reservations
 * @param requirements what the machine must offer
 * @param dependencies modules it needs
 * @param labels       free labels of {@code module_params.yaml}, flattened with {@code .} between levels
 * @param process      how to run it without a container; empty for packages that only have an image
 */
public record Manifest(
        String name,
        Semver version,
        Optional<String> instanceId,
        About about,
        Permissions permissions,
        Behavior behavior,
        Resources resources,
        Requirements requirements,
        List<Dependency> dependencies,
        Map<String, String> labels,
        Optional<ProcessSpec> process) {

    public Manifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        dependencies = List.copyOf(dependencies);
        labels = Map.copyOf(labels);
    }

    /**
     * Texts for people.
     *
     * @param blueprints kinds of module this one is an instance of ({@code blueprints}, older {@code template} or {@code category})
     * @param slim       whether the module can run without ROS 2
     */
    public record About(
            String displayName,
            String description,
            String author,
            String authorEmail,
            Optional<String> alias,
            Optional<String> icon,
            List<String> blueprints,
            boolean slim) {
        public About {
            blueprints = List.copyOf(blueprints);
        }
    }

    /** What the module's author permits; defaults are those of VYRA's template: everything but {@code protected}. */
    public record Permissions(
            boolean visible,
            boolean removable,
            boolean updatable,
            boolean suspendable,
            boolean multiInstance,
            boolean isProtected) {
        public static final Permissions DEFAULT = new Permissions(true, true, true, true, true, false);
    }

    /** How the module is supervised. */
    public record Behavior(boolean autoStart, boolean restartOnFailure, HealthCheck healthCheck) {}

    /**
     * @param memoryLimitBytes empty: no limit
     * @param cpuLimit         in cores, for example 0.5
     */
    public record Resources(
            Optional<Double> cpuLimit,
            Optional<Long> memoryLimitBytes,
            Optional<Double> cpuReservation,
            Optional<Long> memoryReservationBytes) {
        public static final Resources NONE =
                new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What the machine must offer; an empty list means any.
     *
     * @param architectures   as {@code os.arch} or {@code uname -m} name them, normalised to {@code amd64}, {@code arm64}, …
     * @param minMemoryBytes  physical memory the module asks for, 0 for none
     * @param devices         device files that must exist
     */
    public record Requirements(
            List<String> architectures, List<String> systems, long minMemoryBytes, boolean gpu, List<Device> devices) {
        public static final Requirements NONE = new Requirements(List.of(), List.of(), 0, false, List.of());

        public Requirements {
            architectures = List.copyOf(architectures);
            systems = List.copyOf(systems);
            devices = List.copyOf(devices);
        }
    }

    public record Device(String path, Optional<String> alias) {}

    /** A module this one needs; an optional one is used when present and otherwise ignored. */
    public record Dependency(String name, VersionRange range, boolean optional) {}
}

package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.Architecture;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.ProcessSpec.Port;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.semver4j.Semver;

/** Holds an unpacked package's manifest against its index, the machine and the other modules. One use each. */
final class UnpackedCheck {
    private final List<Installed> installed;
    private final Machine machine;
    private final List<Problem> blockers = new ArrayList<>();

    UnpackedCheck(List<Installed> installed, Machine machine) {
        this.installed = installed;
        this.machine = machine;
    }

    List<Problem> check(Manifest manifest, PlannedModule step, Plan plan) {
        List<Installed> others = installed.stream()
                .filter(module -> !module.id().toString().equals(step.moduleId()))
                .toList();
        Optional<Installed> replaced = installed.stream()
                .filter(module -> module.id().toString().equals(step.moduleId()))
                .findFirst();
        identity(manifest, step.entry());
        platform(manifest);
        memory(manifest, replaced);
        ports(manifest, others, replaced);
        instances(manifest, others, step);
        manifest.dependencies().stream()
                .filter(dependency -> !dependency.optional())
                .forEach(dependency -> dependency(manifest, dependency, plan));
        return List.copyOf(blockers);
    }

    private void block(ProblemType type, String detail) {
        blockers.add(new Problem(type, detail));
    }

    private static String label(Manifest manifest) {
        return manifest.name() + " " + manifest.version();
    }

    private void identity(Manifest manifest, CatalogEntry entry) {
        if (!manifest.name().equals(entry.name()) || !manifest.version().equals(entry.version())) {
            block(
                    ProblemType.INVALID_PACKAGE,
                    "The package says it is " + label(manifest)
                            + " (.module/module_data.yaml, /name and /version) but its" + " index says " + entry.name()
                            + " " + entry.version() + ". Its publisher must repair one.");
        }
    }

    private void platform(Manifest manifest) {
        List<String> architectures = manifest.requirements().architectures();
        String here = Architecture.normalise(machine.architecture());
        if (!architectures.isEmpty()
                && architectures.stream()
                        .map(Architecture::normalise)
                        .noneMatch(name -> name.equals(here) || name.equals("any"))) {
            block(
                    ProblemType.UNSUPPORTED_PLATFORM,
                    label(manifest) + " runs on " + String.join(", ", architectures) + " but this machine is " + here
                            + ". Choose a build for it.");
        }
        List<String> systems = manifest.requirements().systems();
        if (!systems.isEmpty() && systems.stream().noneMatch(machine::isSystem)) {
            block(
                    ProblemType.UNSUPPORTED_PLATFORM,
                    label(manifest) + " wants one of these systems: " + String.join(", ", systems)
                            + ". This machine runs another one.");
        }
        for (Manifest.Device device : manifest.requirements().devices()) {
            if (!machine.hasDevice(Path.of(device.path()))) {
                block(
                        ProblemType.UNSUPPORTED_PLATFORM,
                        label(manifest) + " needs the device " + device.path() + ", which is not there. Connect it.");
            }
        }
        if (manifest.requirements().gpu() && !machine.hasGpu()) {
            block(ProblemType.UNSUPPORTED_PLATFORM, label(manifest) + " needs a GPU, and none was found.");
        }
    }

    private void memory(Manifest manifest, Optional<Installed> replaced) {
        long wanted = manifest.requirements().minMemoryBytes();
        if (wanted > machine.totalMemoryBytes()) {
            block(
                    ProblemType.UNSUPPORTED_PLATFORM,
                    label(manifest) + " needs " + wanted + " bytes of memory (min_ram_mb) but this machine has "
                            + machine.totalMemoryBytes() + ".");
        }
        long reserved = manifest.resources().memoryReservationBytes().orElse(0L);
        long free = machine.freeMemoryBytes();
        // The running version gives its memory back before the new one starts; how much is not known.
        if (reserved > free && replaced.filter(Installed::running).isEmpty()) {
            block(
                    ProblemType.CONFLICT,
                    label(manifest) + " reserves " + reserved + " bytes of memory (memory_reservation) but " + free
                            + " are free. Stop other modules first.");
        }
    }

    private void ports(Manifest manifest, List<Installed> others, Optional<Installed> replaced) {
        for (Port port : manifest.process().map(process -> process.ports()).orElse(List.of())) {
            Optional<Installed> holder = others.stream()
                    .filter(other -> other.ports().stream().anyMatch(taken -> clashes(taken, port)))
                    .findFirst();
            boolean own = replaced.filter(Installed::running)
                    .filter(module -> module.ports().stream().anyMatch(taken -> clashes(taken, port)))
                    .isPresent();
            if (holder.isPresent()) {
                block(
                        ProblemType.PORT_TAKEN,
                        label(manifest) + " needs " + port.protocol() + " port " + port.number() + " (" + port.name()
                                + "), which " + holder.get().id() + " uses. Remove that one, or change the port.");
            } else if (!own && machine.portInUse(port.number(), port.protocol())) {
                block(
                        ProblemType.PORT_TAKEN,
                        label(manifest) + " needs " + port.protocol() + " port " + port.number() + " (" + port.name()
                                + "), on which a process that is no module listens. Stop that process.");
            }
        }
    }

    private static boolean clashes(Port a, Port b) {
        return a.number() == b.number() && a.protocol() == b.protocol();
    }

    private void instances(Manifest manifest, List<Installed> others, PlannedModule step) {
        if (manifest.permissions().multiInstance() || step.fromVersion().isPresent()) {
            return;
        }
        others.stream()
                .filter(other -> other.id().name().equals(manifest.name()))
                .findFirst()
                .ifPresent(other -> block(
                        ProblemType.ALREADY_INSTALLED,
                        label(manifest) + " permits one instance only (multi_instance: false), and " + other.id()
                                + " is installed. Update that one instead."));
    }

    /** The manifest may ask for more than its index said. */
    private void dependency(Manifest manifest, Dependency dependency, Plan plan) {
        Stream<Semver> planned = plan.steps().stream()
                .map(PlannedModule::entry)
                .filter(entry -> entry.name().equals(dependency.name()))
                .map(CatalogEntry::version);
        Stream<Semver> present = installed.stream()
                .filter(module -> module.id().name().equals(dependency.name()))
                .filter(module -> plan.steps().stream()
                        .noneMatch(step -> step.moduleId().equals(module.id().toString())))
                .map(Installed::version);
        if (Stream.concat(planned, present).noneMatch(dependency.range()::contains)) {
            block(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    label(manifest) + " needs " + dependency.name() + " " + dependency.range()
                            + ", which its index does not say and which is not installed. Install that first.");
        }
    }
}

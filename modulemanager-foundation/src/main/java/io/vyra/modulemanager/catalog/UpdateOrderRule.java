package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.module.ProcessSpec.Port;
import io.vyra.modulemanager.module.UpdateOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells whether a version of a module may run beside the one it replaces: both must say so, because they share the module's storage, and must
 * not be in each other's way. Thread-safe.
 */
public final class UpdateOrderRule {
    private final Function<Manifest, Optional<String>> runtimeObstacle;
    private final Machine machine;

    /** @param runtimeObstacle why what runs modules here keeps a version from having another one beside it; empty when it does not */
    public UpdateOrderRule(Function<Manifest, Optional<String>> runtimeObstacle, Machine machine) {
        this.runtimeObstacle = runtimeObstacle;
        this.machine = machine;
    }

    /**
     * As far as it can be told before the new version's package is there.
     *
     * @return empty for a process: there is nothing to choose
     */
    Optional<PlannedOrder> plan(Installed present, CatalogEntry next) {
        boolean isProcess = present.manifest()
                .filter(manifest ->
                        manifest.process().flatMap(ProcessSpec::container).isEmpty())
                .isPresent();
        return isProcess ? Optional.empty() : Optional.of(planContainer(present, next));
    }

    private PlannedOrder planContainer(Installed present, CatalogEntry next) {
        if (!present.running()) {
            return new PlannedOrder(UpdateOrder.STOP_FIRST, "it does not run, so nothing is interrupted");
        }
        if (present.manifest().isEmpty()) {
            return new PlannedOrder(
                    UpdateOrder.STOP_FIRST, "what the running version says about it is not known at the moment");
        }
        return obstacle(present.manifest().get())
                .map(obstacle -> new PlannedOrder(UpdateOrder.STOP_FIRST, obstacle))
                .orElseGet(() -> startFirst(present, next));
    }

    private static PlannedOrder startFirst(Installed present, CatalogEntry next) {
        return new PlannedOrder(
                UpdateOrder.START_FIRST,
                present.version() + " permits it" + withPorts(present.ports())
                        + ", unless the package of " + next.version()
                        + " does not, which the operation finds out and says. Both versions use one storage: no copy of the"
                        + " data is made, and none comes back when the new version does not last");
    }

    private static String withPorts(List<Port> ports) {
        return ports.isEmpty()
                ? ""
                : " to a version that has none of its ports ("
                        + ports.stream()
                                .map(port -> Integer.toString(port.number()))
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    /** Why these two may not run at once, as half a sentence; empty when they may. */
    public Optional<String> obstacle(Manifest before, Manifest next) {
        return obstacle(before)
                .or(() -> obstacle(next))
                .or(() -> sharedPort(before, next))
                .or(() -> sharedDevice(before, next))
                .or(() -> memory(next));
    }

    /** Why this version may not have another one beside it, as half a sentence; empty when it may. */
    public Optional<String> obstacle(Manifest manifest) {
        Optional<ProcessSpec> process = manifest.process();
        Optional<ContainerSpec> container = process.flatMap(ProcessSpec::container);
        if (container.isEmpty()) {
            return Optional.of(label(manifest) + " is a process, and only containers can run beside each other");
        }
        if (container.get().order() == UpdateOrder.STOP_FIRST) {
            return Optional.of(
                    "the manifest of " + label(manifest) + " does not say that update.order may be start-first");
        }
        if (process.get().probe() instanceof Probe.Bus || process.get().probe() instanceof Probe.Heartbeat) {
            return Optional.of(
                    "the probe of " + label(manifest) + " cannot tell it from the version that runs beside it");
        }
        return runtimeObstacle.apply(manifest);
    }

    private static String label(Manifest manifest) {
        return manifest.name() + " " + manifest.version();
    }

    private static Optional<String> sharedPort(Manifest before, Manifest next) {
        List<Port> taken = before.process().map(ProcessSpec::ports).orElse(List.of());
        return next.process().map(ProcessSpec::ports).orElse(List.of()).stream()
                .filter(port -> taken.stream()
                        .anyMatch(other -> other.number() == port.number() && other.protocol() == port.protocol()))
                .findFirst()
                .map(port -> "both versions publish " + port.protocol() + " port " + port.number());
    }

    private static Optional<String> sharedDevice(Manifest before, Manifest next) {
        return next.requirements().devices().stream()
                .map(Manifest.Device::path)
                .filter(path -> before.requirements().devices().stream()
                        .anyMatch(other -> other.path().equals(path)))
                .findFirst()
                .map(path -> "both versions use the device " + path);
    }

    /** The old version gives nothing back before the new one has proved itself. */
    private Optional<String> memory(Manifest next) {
        long reserved = next.resources().memoryReservationBytes().orElse(0L);
        long free = machine.freeMemoryBytes();
        return reserved > free
                ? Optional.of(label(next) + " reserves " + reserved
                        + " bytes of memory, but beside the running version " + free + " are free")
                : Optional.empty();
    }
}

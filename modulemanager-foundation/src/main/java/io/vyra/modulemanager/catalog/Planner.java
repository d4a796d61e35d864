package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.catalog.Resolution.Choice;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns a request to install or update into a {@link Plan}; changes nothing.
 *
 * <p>Thread-safe. What stands in the way is a blocker of the plan, so that all of it is seen at once; only a request that names
 * something unknown is an exception. What an index does not tell (ports, architecture, memory) is checked by
 * {@link #checkUnpacked} once the package is unpacked.
 */
public final class Planner {
    private final Offers catalog;
    private final InstalledModules installedModules;
    private final Machine machine;
    private final PlanLimits limits;
    private final UpdateOrderRule orders;
    private final Function<String, ModuleId> newIdentity;

    public Planner(
            Catalog catalog,
            InstalledModules installedModules,
            Machine machine,
            PlanLimits limits,
            UpdateOrderRule orders) {
        this(catalog, installedModules, machine, limits, orders, ModuleId::random);
    }

    /**
     * @param newIdentity makes the identity of a new instance from the module's name
     */
    Planner(
            Offers catalog,
            InstalledModules installedModules,
            Machine machine,
            PlanLimits limits,
            UpdateOrderRule orders,
            Function<String, ModuleId> newIdentity) {
        this.catalog = catalog;
        this.installedModules = installedModules;
        this.machine = machine;
        this.limits = limits;
        this.orders = orders;
        this.newIdentity = newIdentity;
    }

    /**
     * @param range      empty: the newest stable version
     * @param repository where the module itself must come from; its dependencies may come from anywhere
     * @param instanceId uuid of the new instance; empty: that of the package, or a random one
     * @throws ProblemException {@link ProblemType#PACKAGE_NOT_FOUND}, {@link ProblemType#INVALID_REQUEST}
     */
    public Plan planInstall(
            String name, Optional<VersionRange> range, Optional<String> repository, Optional<String> instanceId) {
        return plan(offered(name, range, repository), instanceId, Optional.empty());
    }

    /**
     * Plans the installation of a package that is no repository's, for example an uploaded one.
     *
     * @param entry made from the package's manifest
     */
    public Plan planInstall(CatalogEntry entry, Optional<String> instanceId) {
        return plan(List.of(entry), instanceId, Optional.empty());
    }

    /**
     * Plans to bring an installed module to the newest version of a range, older than the present one or not.
     *
     * @param range empty: the newest stable version
     * @throws ProblemException {@link ProblemType#MODULE_NOT_FOUND}, {@link ProblemType#PACKAGE_NOT_FOUND}; {@link ProblemType#CONFLICT}
     *     when that version is the present one
     */
    public Plan planUpdate(ModuleId id, Optional<VersionRange> range) {
        Installed present = installed(id);
        List<CatalogEntry> offered = offered(id.name(), range, Optional.empty()).stream()
                .filter(entry -> range.isPresent() || entry.version().compareTo(present.version()) > 0)
                .toList();
        if (offered.isEmpty() || offered.getFirst().version().equals(present.version())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    id + " has version " + present.version() + ", and no repository offers "
                            + range.map(wanted -> "another one within " + wanted)
                                    .orElse("a newer one")
                            + ". Refresh the repositories, or name another version.");
        }
        List<CatalogEntry> others = offered.stream()
                .filter(entry -> !entry.version().equals(present.version()))
                .toList();
        return plan(others, Optional.empty(), Optional.of(present));
    }

    /** As {@link #planUpdate(ModuleId, Optional)}, to a package that is no repository's. */
    public Plan planUpdate(ModuleId id, CatalogEntry entry) {
        return plan(List.of(entry), Optional.empty(), Optional.of(installed(id)));
    }

    /**
     * Checks what only the unpacked package tells.
     *
     * @param step the step of the plan it was fetched for
     * @return blockers; empty when there are none
     */
    public List<Problem> checkUnpacked(Manifest manifest, PlannedModule step, Plan plan) {
        return new UnpackedCheck(installedModules.all(), machine).check(manifest, step, plan);
    }

    private Installed installed(ModuleId id) {
        return installedModules.all().stream()
                .filter(module -> module.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.MODULE_NOT_FOUND,
                        "There is no module " + id + ". GET /api/v1/modules lists the installed ones."));
    }

    private List<CatalogEntry> offered(String name, Optional<VersionRange> range, Optional<String> repository) {
        List<CatalogEntry> offered = catalog.candidates(name, range, repository);
        if (offered.isEmpty()) {
            List<CatalogEntry> all = catalog.versionsOf(name, repository);
            List<String> skipped = catalog.skipped(name, repository);
            String where = repository.map(id -> "Repository " + id).orElse("No enabled repository");
            throw new ProblemException(
                    ProblemType.PACKAGE_NOT_FOUND,
                    where + (repository.isPresent() ? " does not offer " : " offers ") + name
                            + range.map(wanted -> " " + wanted).orElse(all.isEmpty() ? "" : " in a stable version")
                            + (all.isEmpty() ? "." : "; there is " + versions(all) + ".")
                            + (skipped.isEmpty() ? "" : " " + skipped.getFirst() + ".")
                            + " Refresh the repositories, or ask for another version.");
        }
        return offered;
    }

    private static String versions(List<CatalogEntry> entries) {
        return entries.stream()
                .limit(10)
                .map(entry -> entry.version().toString())
                .collect(Collectors.joining(", "));
    }

    private Plan plan(List<CatalogEntry> candidates, Optional<String> instanceId, Optional<Installed> replaces) {
        List<Installed> installed = installedModules.all();
        List<Problem> blockers = new ArrayList<>();
        ModuleId id = replaces.map(Installed::id)
                .orElseGet(() -> identity(candidates.getFirst(), instanceId, installed, blockers));
        replaces.ifPresent(present -> checkUpdatable(present, blockers));
        Resolver resolver = new Resolver(
                dependency -> catalog.candidates(dependency.name(), Optional.of(dependency.range()), Optional.empty()),
                installed);
        return switch (resolver.resolve(candidates, replaces)) {
            case Resolution.Found found -> {
                List<PlannedModule> steps = steps(found, id, installed);
                yield complete(steps, found, blockers);
            }
            case Resolution.Impossible impossible -> {
                blockers.add(impossible.problem());
                PlannedModule only = new PlannedModule(
                        id.toString(),
                        replaces.map(present -> present.version().toString()),
                        candidates.getFirst(),
                        Optional.empty());
                yield complete(List.of(only), new Resolution.Found(List.of(), List.of()), blockers);
            }
        };
    }

    private ModuleId identity(
            CatalogEntry entry, Optional<String> instanceId, List<Installed> installed, List<Problem> blockers) {
        instanceId.filter(uuid -> !ModuleId.isInstanceId(uuid)).ifPresent(uuid -> {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The instance id must be 32 lower-case hexadecimal digits.",
                    List.of(new Problem.FieldError("/instance_id", "must be 32 lower-case hexadecimal digits")));
        });
        List<Installed> siblings = installed.stream()
                .filter(module -> module.id().name().equals(entry.name()))
                .toList();
        ModuleId id = instanceId
                .or(entry::instanceId)
                .map(uuid -> new ModuleId(entry.name(), uuid))
                .orElseGet(() -> newIdentity.apply(entry.name()));
        for (Installed sibling : siblings) {
            if (sibling.id().equals(id)) {
                blockers.add(new Problem(
                        ProblemType.ALREADY_INSTALLED,
                        id + " is installed already, in version " + sibling.version()
                                + ". Update it, or name another instance_id."));
            } else if (!sibling.permissions().multiInstance()) {
                blockers.add(new Problem(
                        ProblemType.ALREADY_INSTALLED,
                        sibling.id() + " is installed already, and its manifest permits one instance only"
                                + " (multi_instance: false). Update that one instead."));
            }
        }
        return id;
    }

    private static void checkUpdatable(Installed present, List<Problem> blockers) {
        if (!present.permissions().updatable()) {
            blockers.add(new Problem(
                    ProblemType.PERMISSION_DENIED_BY_MODULE,
                    "The manifest of " + present.id() + " does not permit updates (updatable: false)."));
        }
    }

    private List<PlannedModule> steps(Resolution.Found found, ModuleId asked, List<Installed> installed) {
        List<PlannedModule> steps = new ArrayList<>();
        for (Choice choice : found.choices()) {
            if (choice instanceof Choice.Bring(CatalogEntry entry, var replaces, var requiredBy)) {
                ModuleId id = replaces.map(Installed::id).orElse(asked);
                if (requiredBy.isPresent() && replaces.isEmpty()) {
                    id = entry.instanceId()
                            .map(uuid -> new ModuleId(entry.name(), uuid))
                            .orElseGet(() -> newIdentity.apply(entry.name()));
                }
                steps.add(new PlannedModule(
                        id.toString(),
                        replaces.map(present -> present.version().toString()),
                        entry,
                        requiredBy,
                        replaces.flatMap(present -> orders.plan(present, entry))));
            }
        }
        return steps;
    }

    private Plan complete(List<PlannedModule> steps, Resolution.Found found, List<Problem> blockers) {
        List<String> warnings = new ArrayList<>(found.warnings());
        long download = 0;
        long images = 0;
        for (PlannedModule step : steps) {
            if (step.entry().size().isEmpty()) {
                warnings.add("The index does not say how large " + step.entry().name() + " "
                        + step.entry().version() + " is, so its space is not part of the estimate.");
            }
            if (step.entry().checksum().isEmpty()) {
                warnings.add("The index has no checksum for " + step.entry().name() + " "
                        + step.entry().version() + ", so its content cannot be verified.");
            }
            download = saturatedAdd(download, step.entry().size().orElse(0));
            images = saturatedAdd(images, largestImage(step.entry(), warnings));
        }
        List<Installed> updated = found.choices().stream()
                .filter(Choice.Bring.class::isInstance)
                .flatMap(choice -> ((Choice.Bring) choice).replaces().stream())
                .toList();
        long snapshots = updated.stream().mapToLong(Installed::storageBytes).reduce(0, Planner::saturatedAdd);
        long disk = saturatedAdd(
                saturatedAdd(saturatedMultiply(download, 1 + limits.unpackFactor()), saturatedAdd(images, snapshots)),
                limits.reserveBytes());
        long free = machine.freeDiskBytes();
        if (disk > free) {
            blockers.add(new Problem(
                    ProblemType.DISK_FULL,
                    "About " + disk + " bytes are needed (download " + download + ", unpacked, images " + images
                            + ", copies of data "
                            + snapshots
                            + ", reserve " + limits.reserveBytes() + ") but " + free
                            + " are free. Free space, or shorten the retention."));
        }
        long interrupted = updated.stream()
                .filter(Installed::running)
                .filter(module -> steps.stream()
                        .noneMatch(step -> step.moduleId().equals(module.id().toString()) && step.mayStartFirst()))
                .count();
        Duration downtime = limits.downtimeEach().multipliedBy(interrupted);
        List<Integer> ports = updated.stream()
                .flatMap(module -> module.ports().stream())
                .map(ProcessSpec.Port::number)
                .distinct()
                .sorted()
                .toList();
        return new Plan(steps, saturatedAdd(download, images), disk, free, 0, ports, downtime, blockers, warnings);
    }

    /** Which of the images it needs, if any, only the unpacked package tells; the plan must not promise too little. */
    private static long largestImage(CatalogEntry entry, List<String> warnings) {
        if (entry.images().values().stream().anyMatch(image -> image.size().isEmpty())) {
            warnings.add("The index does not say how large the images of " + entry.name() + " " + entry.version()
                    + " are, so their space is not part of the estimate.");
        }
        return entry.images().values().stream()
                .mapToLong(image -> image.size().orElse(0))
                .max()
                .orElse(0);
    }

    private static long saturatedAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static long saturatedMultiply(long a, int factor) {
        return a > Long.MAX_VALUE / factor ? Long.MAX_VALUE : a * factor;
    }
}

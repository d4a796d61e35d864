package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.Needs;
import io.vyra.modulemanager.supervision.Supervision;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.semver4j.Semver;

/** Which installed modules need which, as their manifests say. Thread-safe. */
final class ModuleNeeds implements Needs {
    private final InstanceRegistry registry;
    private final InstalledManifests manifests;
    private final Supplier<Supervision> supervision;

    ModuleNeeds(InstanceRegistry registry, InstalledManifests manifests, Supplier<Supervision> supervision) {
        this.registry = registry;
        this.manifests = manifests;
        this.supervision = supervision;
    }

    /** Per needed module, one running instance that fits is enough; when none runs, all that would do are named. */
    @Override
    public List<ModuleId> blockersOf(ModuleId module) {
        return dependenciesOf(module)
                .filter(dependency -> !dependency.optional())
                .map(dependency -> candidates(dependency, module))
                .filter(candidates ->
                        !candidates.isEmpty() && candidates.stream().noneMatch(this::isRunning))
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isRunning(ModuleId module) {
        return supervision
                .get()
                .find(module)
                .filter(supervisor -> supervisor.state() instanceof Running)
                .isPresent();
    }

    @Override
    public Set<ModuleId> needsOf(ModuleId module) {
        Set<ModuleId> needs = new TreeSet<>();
        dependenciesOf(module).forEach(dependency -> needs.addAll(candidates(dependency, module)));
        return needs;
    }

    /** Installed modules that would lack something if {@code module} were gone. */
    List<ModuleId> dependentsOf(ModuleId module) {
        return registry.all().stream()
                .map(InstanceRecord::id)
                .filter(other -> !other.equals(module))
                .filter(other -> dependenciesOf(other)
                        .filter(dependency -> !dependency.optional())
                        .map(dependency -> candidates(dependency, other))
                        .anyMatch(candidates -> candidates.equals(List.of(module))))
                .toList();
    }

    private Stream<Dependency> dependenciesOf(ModuleId module) {
        return registry.find(module).flatMap(manifests::current).stream()
                .flatMap(manifest -> manifest.dependencies().stream());
    }

    private List<ModuleId> candidates(Dependency dependency, ModuleId except) {
        return registry.all().stream()
                .filter(record -> record.id().name().equals(dependency.name()))
                .filter(record -> !record.id().equals(except))
                .filter(record -> record.versions()
                        .current()
                        .map(Semver::new)
                        .filter(dependency.range()::contains)
                        .isPresent())
                .map(InstanceRecord::id)
                .toList();
    }
}

package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.InstalledModules;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.supervision.Supervision;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** Tells the planner what is installed. Thread-safe. */
final class InstalledSnapshot implements InstalledModules {
    private final InstanceRegistry registry;
    private final InstalledManifests manifests;
    private final ModuleStore store;
    private final Supervision supervision;

    InstalledSnapshot(
            InstanceRegistry registry, InstalledManifests manifests, ModuleStore store, Supervision supervision) {
        this.registry = registry;
        this.manifests = manifests;
        this.store = store;
        this.supervision = supervision;
    }

    @Override
    public List<Installed> all() {
        return registry.all().stream()
                .flatMap(record -> installed(record).stream())
                .toList();
    }

    private Optional<Installed> installed(InstanceRecord record) {
        return manifests
                .current(record)
                .map(manifest -> new Installed(
                        record.id(),
                        new Semver(record.versions().current().orElseThrow()),
                        manifest.permissions(),
                        manifest.dependencies(),
                        supervision
                                .find(record.id())
                                .flatMap(supervisor -> supervisor.state().process())
                                .isPresent(),
                        store.bytesOf(store.storage(record.id())),
                        ports(manifest),
                        Optional.of(manifest)));
    }

    private static List<ProcessSpec.Port> ports(Manifest manifest) {
        return manifest.process().map(ProcessSpec::ports).orElse(List.of());
    }
}

package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.instance.InstalledVersions;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.instance.VersionRecord;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.saga.RetentionSweep;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.store.RetentionRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Applies the retention rule to the versions on disk: to show it, and to carry it out. Thread-safe. */
final class KeptVersions implements RetentionSweep {
    private static final Logger LOG = Logger.getLogger(KeptVersions.class);

    private final InstanceRegistry registry;
    private final InstalledVersions versions;
    private final ModuleStore store;
    private final ModuleRuntime runtime;
    private final RetentionRule rule;

    KeptVersions(
            InstanceRegistry registry,
            InstalledVersions versions,
            ModuleStore store,
            ModuleRuntime runtime,
            RetentionRule rule) {
        this.registry = registry;
        this.versions = versions;
        this.store = store;
        this.runtime = runtime;
        this.rule = rule;
    }

    List<KeptVersion> of(ModuleId module) {
        InstanceRecord record = registry.require(module);
        List<VersionRecord> stored = versions.of(module);
        Set<String> pinned = new HashSet<>();
        stored.stream()
                .filter(VersionRecord::pinned)
                .map(VersionRecord::version)
                .forEach(pinned::add);
        if (record.settings().pinned()) {
            record.versions().current().ifPresent(pinned::add);
        }
        List<KeptVersion> candidates = stored.stream()
                .map(version -> new KeptVersion(
                        module.toString(), version.version(), version.bytes(), version.installedAt(), List.of()))
                .toList();
        return rule.apply(
                candidates, record.versions().current(), record.versions().previous(), pinned);
    }

    /** Failing to delete an old version must not fail the update that replaced it; the next sweep tries again. */
    @Override
    public void sweep(ModuleId module) {
        for (KeptVersion version : of(module)) {
            if (!version.isKept()) {
                try {
                    store.trashVersion(module, version.version());
                    versions.delete(module, version.version());
                    LOG.infof("Version deleted module=%s version=%s cause=retention", module, version.version());
                } catch (RuntimeException e) {
                    LOG.warnf(e, "Version not deleted module=%s version=%s", module, version.version());
                }
            }
        }
        sweepRuntime();
    }

    @Override
    public void removed() {
        sweepRuntime();
    }

    /** What a runtime made ready, such as images, goes with the versions it was made for. */
    void sweepRuntime() {
        Map<ModuleId, Set<String>> stored = new HashMap<>();
        for (InstanceRecord record : registry.all()) {
            Set<String> of = new HashSet<>();
            versions.of(record.id()).forEach(version -> of.add(version.version()));
            record.versions().current().ifPresent(of::add);
            stored.put(record.id(), of);
        }
        runtime.retain(stored);
    }
}

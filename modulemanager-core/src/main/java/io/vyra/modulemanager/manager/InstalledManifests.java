package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.store.ModuleStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Manifests of installed versions, read once. Thread-safe.
 *
 * <p>A stored version never changes, so an entry stays right until its module is forgotten.
 */
final class InstalledManifests {
    private static final Logger LOG = Logger.getLogger(InstalledManifests.class);

    private final ModuleStore store;
    private final Map<Version, Manifest> manifests = new ConcurrentHashMap<>();

    InstalledManifests(ModuleStore store) {
        this.store = store;
    }

    private record Version(ModuleId module, String version) {}

    /** @throws ProblemException when the version's manifest cannot be read any more */
    Manifest of(ModuleId module, String version) {
        return manifests.computeIfAbsent(
                new Version(module, version),
                key -> store.manifest(key.module(), key.version()).manifest());
    }

    /** Manifest of the current version; empty while there is none or it is damaged. */
    Optional<Manifest> current(InstanceRecord record) {
        return record.versions().current().flatMap(version -> {
            try {
                return Optional.of(of(record.id(), version));
            } catch (ProblemException e) {
                LOG.warnf("Manifest unreadable module=%s version=%s cause=%s", record.id(), version, e.getMessage());
                return Optional.empty();
            }
        });
    }

    void forget(ModuleId module) {
        manifests.keySet().removeIf(key -> key.module().equals(module));
    }
}

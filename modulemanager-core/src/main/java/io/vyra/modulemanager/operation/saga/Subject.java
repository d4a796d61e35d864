package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.store.ModuleStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The module and version that a step deploys.
 *
 * @param from version before; empty for a new module
 */
record Subject(ModuleId id, CatalogEntry entry, Optional<String> from) {
    static Subject of(PlannedModule planned) {
        return new Subject(ModuleId.parse(planned.moduleId()).orElseThrow(), planned.entry(), planned.fromVersion());
    }

    String version() {
        return entry.version().getVersion();
    }

    /** For titles: name and version. */
    String label() {
        return id.name() + " " + version();
    }

    /** Of the version that is deployed; it is in the store by now. */
    Manifest manifest(SagaParts parts) {
        return parts.store().manifest(id, version()).manifest();
    }

    /** Of the version before, where there is one. */
    Manifest manifestBefore(SagaParts parts) {
        return parts.store().manifest(id, from.orElseThrow()).manifest();
    }

    /** How the version that is deployed is to be stopped. */
    ProcessSpec.Stop stop(SagaParts parts) {
        return manifest(parts).process().map(ProcessSpec::stop).orElse(ProcessSpec.Stop.DEFAULT);
    }

    Path packageFile(ModuleStore store, StepContext context) {
        return store.stagingFolder(context.operationId()).resolve(id + ".tar.gz");
    }

    Path stagedTree(ModuleStore store, StepContext context) {
        return store.stagingFolder(context.operationId()).resolve(id.toString());
    }
}

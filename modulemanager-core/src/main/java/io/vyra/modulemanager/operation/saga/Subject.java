package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.ModuleId;
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

    Path packageFile(ModuleStore store, StepContext context) {
        return store.stagingFolder(context.operationId()).resolve(id + ".tar.gz");
    }

    Path stagedTree(ModuleStore store, StepContext context) {
        return store.stagingFolder(context.operationId()).resolve(id.toString());
    }
}

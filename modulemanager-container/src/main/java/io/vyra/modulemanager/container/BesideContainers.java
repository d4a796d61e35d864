package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.store.DiskSync;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Knows which containers run beside their module's own: those of the launch that a record of its own names, which is durable before the
 * engine is asked for anything. Thread-safe for different modules.
 */
final class BesideContainers {
    private final ContainerRecords records;

    /** @param folder of the records of modules' own containers */
    BesideContainers(Path folder) {
        this.records = new ContainerRecords(folder.resolve("beside"), DiskSync.real());
    }

    /** The modules that have one. */
    List<ModuleId> all() {
        return records.all();
    }

    Optional<ContainerRecord> find(ModuleId module) {
        return records.find(module);
    }

    void put(ContainerRecord record) {
        records.put(record);
    }

    void delete(ModuleId module) {
        records.delete(module);
    }

    /** Whether the container is the one beside its module's own. */
    boolean isBeside(ModuleId module, ContainerState state) {
        return find(module).filter(record -> isOf(record.generation(), state)).isPresent();
    }

    static boolean isOf(long generation, ContainerState state) {
        OptionalLong label = ContainerLabels.generation(state.labels());
        return label.isPresent() && label.getAsLong() == generation;
    }
}

package io.vyra.modulemanager.container;

import io.vyra.modulemanager.module.ModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is durable of a launch: first that it is intended, then which container was started.
 *
 * @param container id of the started container; empty while the launch is only intended
 * @param startedAt empty while the launch is only intended
 * @param notes     limits that are not enforced, in the engine's words
 */
record ContainerRecord(
        ModuleId module, long generation, Optional<String> container, Optional<Instant> startedAt, List<String> notes) {
    ContainerRecord {
        notes = List.copyOf(notes);
    }

    static ContainerRecord intended(ModuleId module, long generation) {
        return new ContainerRecord(module, generation, Optional.empty(), Optional.empty(), List.of());
    }

    ContainerRecord started(String id, Instant at, List<String> unenforced) {
        return new ContainerRecord(module, generation, Optional.of(id), Optional.of(at), unenforced);
    }
}

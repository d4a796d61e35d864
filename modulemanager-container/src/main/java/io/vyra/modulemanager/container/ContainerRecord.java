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
 * @param log       where what it prints is written
 */
record ContainerRecord(
        ModuleId module,
        long generation,
        Optional<String> container,
        Optional<Instant> startedAt,
        List<String> notes,
        LogPlace log) {
    ContainerRecord {
        notes = List.copyOf(notes);
    }

    /** Two containers cannot write one log. */
    enum LogPlace {
        /** The module's log. */
        OWN,
        /** The one beside it, as long as there are two containers; then it becomes part of the module's log. */
        BESIDE
    }

    static ContainerRecord intended(ModuleId module, long generation, LogPlace log) {
        return new ContainerRecord(module, generation, Optional.empty(), Optional.empty(), List.of(), log);
    }

    ContainerRecord started(String id, Instant at, List<String> unenforced) {
        return new ContainerRecord(module, generation, Optional.of(id), Optional.of(at), unenforced, log);
    }

    ContainerRecord with(LogPlace other) {
        return new ContainerRecord(module, generation, container, startedAt, notes, other);
    }
}

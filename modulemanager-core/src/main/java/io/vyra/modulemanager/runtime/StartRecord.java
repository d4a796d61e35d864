package io.vyra.modulemanager.runtime;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a shim says of the process it started: on its stdout, in its greeting, and in its start record (only there with
 * {@code logs}, {@code controlGroups} and {@code notes}).
 *
 * @param shimPid       process id of the shim
 * @param logs          folder of the module's log
 * @param controlGroups folders of the control groups the module was put into
 * @param notes         limits that are not enforced, in words
 */
record StartRecord(
        ProcessIdentity identity, long shimPid, Optional<Path> logs, List<Path> controlGroups, List<String> notes) {

    StartRecord {
        controlGroups = List.copyOf(controlGroups);
        notes = List.copyOf(notes);
    }

    /** Empty when a fact is missing or impossible. */
    static Optional<StartRecord> from(Facts facts, OptionalLong generationIfMissing) {
        OptionalLong pid = facts.number("pid");
        OptionalLong ticks = facts.number("start_ticks");
        OptionalLong startedAt = facts.number("started_at_ms");
        OptionalLong shim = facts.number("shim_pid");
        OptionalLong generation =
                facts.number("generation").isPresent() ? facts.number("generation") : generationIfMissing;
        Optional<String> bootId = facts.text("boot_id");
        if (pid.isEmpty()
                || pid.getAsLong() <= 1
                || ticks.isEmpty()
                || startedAt.isEmpty()
                || shim.isEmpty()
                || shim.getAsLong() <= 1
                || generation.isEmpty()
                || bootId.isEmpty()) {
            return Optional.empty();
        }
        try {
            ProcessIdentity identity = new ProcessIdentity(
                    pid.getAsLong(),
                    ticks.getAsLong(),
                    bootId.get(),
                    Instant.ofEpochMilli(startedAt.getAsLong()),
                    generation.getAsLong());
            return Optional.of(new StartRecord(
                    identity,
                    shim.getAsLong(),
                    facts.text("logs").map(Path::of),
                    facts.all("cgroup").stream().map(Path::of).toList(),
                    notes(facts)));
        } catch (InvalidPathException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<String> notes(Facts facts) {
        List<String> notes = new java.util.ArrayList<>(facts.all("note"));
        facts.all("warning").forEach(warning -> notes.add(ErrorNumber.warningInWords(warning)));
        return notes;
    }

    StartRecord with(Optional<Path> logFolder, List<Path> groups, List<String> moreNotes) {
        List<String> all = new java.util.ArrayList<>(moreNotes);
        all.addAll(notes);
        return new StartRecord(identity, shimPid, logFolder, groups, all);
    }
}

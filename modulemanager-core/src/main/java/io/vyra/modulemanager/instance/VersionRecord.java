package io.vyra.modulemanager.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a module that lies on disk.
 *
 * @param repository where it came from; empty for an uploaded file
 * @param checksum   SHA-256 of its package
 * @param bytes      size of its tree on disk
 */
public record VersionRecord(
        String version,
        Optional<String> repository,
        Optional<String> checksum,
        long bytes,
        Instant installedAt,
        boolean pinned) {}

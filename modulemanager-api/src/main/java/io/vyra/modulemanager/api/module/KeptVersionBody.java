package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.KeptVersion;
import java.time.Instant;
import java.util.List;

/** A version on disk as the API shows it. */
public record KeptVersionBody(
        String moduleId, String version, long bytes, Instant installedAt, boolean kept, List<String> reasons) {
    static KeptVersionBody of(KeptVersion version) {
        return new KeptVersionBody(
                version.moduleId(),
                version.version(),
                version.bytes(),
                version.installedAt(),
                version.isKept(),
                version.reasons());
    }
}

package io.vyra.modulemanager.catalog;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A source of packages, as configured.
 *
 * @param id              stable identifier, {@code [a-z0-9-]{1,64}}
 * @param name            for people
 * @param url             {@code file:}, {@code http:} or {@code https:}; its {@code index.json} lies at the root
 * @param priority        a lower number wins when two repositories offer the same version; 0 … 1000
 * @param enabled         a disabled repository is listed but not asked
 * @param description     for people
 * @param apiKey          sent as {@code X-API-Key} when present; never shown again
 * @param certFingerprint SHA-256 of the server's certificate, hexadecimal; when present it is what is trusted, and nothing else
 */
public record Repository(
        String id,
        String name,
        URI url,
        int priority,
        boolean enabled,
        String description,
        Optional<String> apiKey,
        Optional<String> certFingerprint) {
    public Repository {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(url, "url");
    }
}

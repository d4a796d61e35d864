package io.vyra.modulemanager.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * A source of packages, as configured.
 *
 * @param id              stable identifier, {@code [a-z0-9-]{1,64}}
 * @param name            for people
 * @param url             {@code file:}, {@code http:} or {@code https:}; its {@code index.json} lies at the root. May hold
 *                        {@code ${NAME}} placeholders, which stand for environment variables and are resolved at each use
 * @param priority        a lower number wins when two repositories offer the same version; 0 … 1000
 * @param enabled         a disabled repository is listed but not asked
 * @param description     for people
 * @param apiKey          sent as {@code X-API-Key} when present, may hold placeholders; never shown again
 * @param certFingerprint SHA-256 of the server's certificate, hexadecimal; when present it is what is trusted, and nothing else
 */
public record Repository(
        String id,
        String name,
        String url,
        int priority,
        boolean enabled,
        String description,
        Optional<String> apiKey,
        Optional<String> certFingerprint) {
    public Repository {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(apiKey, "apiKey");
        Objects.requireNonNull(certFingerprint, "certFingerprint");
    }

    /** Leaves the key out, so that it cannot reach a log. */
    @Override
    public String toString() {
        return "Repository[id=" + id + ", url=" + url + ", priority=" + priority + ", enabled=" + enabled + ", apiKey="
                + (apiKey.isPresent() ? "set" : "none") + "]";
    }
}

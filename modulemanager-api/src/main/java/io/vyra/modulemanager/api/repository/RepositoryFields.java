package io.vyra.modulemanager.api.repository;

import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.request.Checks;
import java.util.Locale;
import java.util.Optional;

/** What a client says of a repository. What its values may be is checked by the core. */
final class RepositoryFields {
    private static final int DEFAULT_PRIORITY = 100;
    private static final int LONGEST_ID = 64;

    private RepositoryFields() {}

    record Create(
            String id,
            String name,
            String url,
            Integer priority,
            Boolean enabled,
            String description,
            String apiKey,
            String certFingerprint) {
        Repository toRepository(Checks checks) {
            Write rest = new Write(name, url, priority, enabled, description, apiKey, certFingerprint);
            return rest.toRepository(id == null && name != null ? idFrom(name) : id, checks);
        }

        @Override
        public String toString() {
            return "Create[" + id + ", " + name + "]";
        }
    }

    /** The name with everything an id cannot hold as hyphens. */
    private static String idFrom(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return id.isEmpty() ? "repository" : id.substring(0, Math.min(id.length(), LONGEST_ID));
    }

    /** A missing key keeps the present one, an empty one removes it. */
    record Write(
            String name,
            String url,
            Integer priority,
            Boolean enabled,
            String description,
            String apiKey,
            String certFingerprint) {

        Repository toRepository(String id, Checks checks) {
            checks.length("/name", name, 1, 128);
            checks.length("/url", url, 1, 2048);
            checks.requireNone();
            return new Repository(
                    id,
                    name,
                    url,
                    priority == null ? DEFAULT_PRIORITY : priority,
                    enabled == null || enabled,
                    description == null ? "" : description,
                    Optional.ofNullable(apiKey),
                    Optional.ofNullable(certFingerprint));
        }

        @Override
        public String toString() {
            return "Write[" + name + "]";
        }
    }
}

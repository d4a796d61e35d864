package io.vyra.modulemanager.access;

import java.time.Instant;
import java.util.Objects;

/**
 * A user of this robot. Holds nothing secret.
 *
 * @param username           {@code [a-z][a-z0-9._-]{1,31}}
 * @param mustChangePassword true: nothing but changing the password is allowed
 */
public record Account(String username, Role role, boolean mustChangePassword, Instant createdAt) {
    public Account {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}

package io.vyra.modulemanager;

import io.vyra.modulemanager.access.Role;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param name user name, module id, or {@code manager}
 * @param role what they may do
 */
public record Caller(String name, Role role) {
    /** The manager itself, for what it does of its own accord. */
    public static final Caller MANAGER = new Caller("manager", Role.ADMIN);

    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }
}

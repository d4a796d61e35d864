package io.vyra.modulemanager;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
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

    /**
     * @param remedy a sentence on how somebody comes by a role there where he asks from
     * @throws ProblemException {@code FORBIDDEN} when this is not in the caller's role
     */
    public void require(Role needed, String remedy) {
        if (!role.includes(needed)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "This needs the role " + needed.wire() + ", and '" + name + "' has " + role.wire() + ". " + remedy);
        }
    }
}

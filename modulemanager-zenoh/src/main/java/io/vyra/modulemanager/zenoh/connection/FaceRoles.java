package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.router.FaceIdentity;
import io.vyra.zenoh.transport.UserDirectory;
import java.util.Optional;

/**
 * What somebody on the bus may do, by who they proved to be when they connected; nothing inside a message has a part in it.
 * Thread-safe.
 *
 * <p>Modules prove themselves with their token's {@linkplain ModuleTokens#busPassword password}, others as {@link BusUsers} says.
 */
public final class FaceRoles implements UserDirectory {
    /** Somebody who proved nothing: may read what everybody may see. */
    public static final Caller ANYBODY = new Caller("anonymous", Role.VIEWER);

    private final BusUsers users;
    private final ModuleTokens tokens;

    public FaceRoles(BusUsers users, ModuleTokens tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    @Override
    public Optional<String> passwordOf(String user) {
        return ModuleId.parse(user).flatMap(tokens::busPasswordOf).or(() -> users.passwordOf(user));
    }

    /** As whom the face asks for something. */
    public Caller callerOf(FaceIdentity face) {
        return switch (face) {
            case FaceIdentity.Local _ -> Caller.MANAGER;
            case FaceIdentity.Anonymous _ -> ANYBODY;
            case FaceIdentity.User(String name) -> known(name);
            case FaceIdentity.Certificate(String name) -> certified(name);
            case FaceIdentity.Upstream _ -> ANYBODY;
        };
    }

    /** Of the users, only those without a password are known by a certificate. */
    private Caller certified(String name) {
        return users.passwordOf(name).isPresent() ? new Caller(name, Role.VIEWER) : known(name);
    }

    private Caller known(String name) {
        return new Caller(name, users.roleOf(name).orElse(Role.VIEWER));
    }
}

package io.vyra.zenoh.transport;

import java.util.Optional;

/** Knows the passwords of those who may connect. Called from several threads. */
@FunctionalInterface
public interface UserDirectory {
    /** The user's password, if there is such a user. */
    Optional<String> passwordOf(String user);
}

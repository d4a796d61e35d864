package io.vyra.zenoh.transport;

import java.nio.charset.StandardCharsets;

/**
 * By which a client proves who it is.
 *
 * @param user its name
 * @param password never sent; only a keyed hash of it is
 */
public record Credentials(String user, String password) {
    byte[] passwordBytes() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

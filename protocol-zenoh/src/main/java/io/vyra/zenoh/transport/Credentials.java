package io.vyra.zenoh.transport;

import java.nio.charset.StandardCharsets;

/**
 * By which a client proves who it is.
 *
 * @param user its name
 * @param password never sent; only a keyed hash of it is
 * @param isRequired whether a peer that does not ask for it is no peer to connect to; otherwise the client is anonymous there
 */
public record Credentials(String user, String password, boolean isRequired) {
    /** For peers that ask for it only. */
    public Credentials(String user, String password) {
        this(user, password, true);
    }

    /** These, for peers that ask for it and for those that do not. */
    public Credentials whereAsked() {
        return new Credentials(user, password, false);
    }

    byte[] passwordBytes() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

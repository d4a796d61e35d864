package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.transport.UserDirectory;

/**
 * Where a router listens, and for whom.
 *
 * @param endpoint port 0 stands for any free one
 * @param tls for a TLS endpoint, or null
 * @param isOpen whether anybody may connect; else {@code users} or a certificate that {@code tls} asks for must prove who it is
 * @param users whose passwords count, or null when none is asked for. Who has a certificate may do without one; a face with both is known
 *     as the user
 */
public record RouterListenerSettings(Endpoint endpoint, TlsContext tls, boolean isOpen, UserDirectory users) {
    public RouterListenerSettings {
        boolean proves = users != null || (tls != null && tls.needsClientCertificate());
        if (isOpen && users != null) {
            throw new IllegalArgumentException(
                    "The listener on " + endpoint + " is open, so it asks nobody for a password");
        }
        if (!isOpen && !proves) {
            throw new IllegalArgumentException("The listener on " + endpoint
                    + " is not open, so it needs users, or TLS that asks for a client's certificate");
        }
        if (endpoint.protocol() == Endpoint.Protocol.TLS && tls == null) {
            throw new IllegalArgumentException("The listener on " + endpoint + " needs TLS: a certificate and its key");
        }
    }

    /** Anybody may connect. */
    public static RouterListenerSettings open(Endpoint endpoint) {
        return new RouterListenerSettings(endpoint, null, true, null);
    }

    /** Who knows a user's password may connect. */
    public static RouterListenerSettings authenticated(Endpoint endpoint, TlsContext tls, UserDirectory users) {
        return new RouterListenerSettings(endpoint, tls, false, users);
    }
}

package io.vyra.modulemanager.zenoh.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be configured of the bus. Every key is also an environment variable, for example {@code VYRA_ZENOH_LISTEN}. */
@ConfigMapping(prefix = "vyra.zenoh")
public interface ZenohConfiguration {

    /** Whether there is a bus at all. */
    @WithDefault("true")
    boolean enabled();

    /** {@code router}: modules connect to the manager. {@code client}: it connects to a router as they do. {@code ZENOH_MODE} is the same. */
    @WithDefault("router")
    Mode mode();

    /**
     * Where a router listens: Zenoh endpoints with commas between them; {@code tcp/127.0.0.1:7447} when absent. {@code ZENOH_LISTEN} is the
     * same.
     */
    Optional<List<String>> listen();

    /**
     * Routers to connect to: of a client, in this order; of a router, the one upstream. {@code ZENOH_CONNECT} is the same.
     */
    Optional<List<String>> connect();

    /**
     * {@code open}: anybody who reaches the listener may connect, and only read. {@code authenticated}: modules with their token, others by
     * {@code vyra.zenoh.users} or a client certificate; needed where the listener is not on a loopback address.
     */
    @WithDefault("open")
    Access access();

    /** Whether the listener's addresses are reached by modules of this robot alone, as in a network of containers; they may be open then. */
    @WithDefault("false")
    boolean robotInternal();

    /**
     * File of users beside the modules: lines {@code name:role:password}, readable by its owner only. Without a password, {@code name} is
     * the common name of a client certificate.
     */
    Optional<Path> users();

    /** User as whom to connect to another router. */
    Optional<String> user();

    /** Its password. */
    Optional<String> password();

    /** Largest payload that is read of modules. */
    @WithDefault("1M")
    MemorySize maxPayload();

    /** Largest message that is carried between modules: 64K to 1G. */
    @WithDefault("64M")
    MemorySize maxMessage();

    /** Connections that a router takes: 1 to 10000. */
    @WithDefault("128")
    int maxFaces();

    Tls tls();

    /** What the manager is on the bus. */
    enum Mode {
        ROUTER,
        CLIENT
    }

    /** Who may connect to a router. */
    enum Access {
        OPEN,
        AUTHENTICATED
    }

    /** For endpoints that begin with {@code tls/}. */
    interface Tls {
        /** Own certificate chain in PEM format. */
        Optional<Path> certificate();

        /** Private key of the certificate in PEM format (PKCS #8). */
        Optional<Path> key();

        /** Certificates of those who sign the certificates of the other side, in PEM format; Java's own when absent. */
        Optional<Path> trusted();

        /** Whether who connects to a TLS listener must have a certificate. */
        @WithDefault("false")
        boolean clientCertificates();

        /** Whether the certificate of a router must name the host that was dialled. */
        @WithDefault("true")
        boolean verifyHost();
    }
}

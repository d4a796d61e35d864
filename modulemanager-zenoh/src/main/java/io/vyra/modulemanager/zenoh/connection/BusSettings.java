package io.vyra.modulemanager.zenoh.connection;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.PemFiles;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.transport.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What the bus is run with, read and checked.
 *
 * @param listen      where a router listens; empty for a client
 * @param connect     routers to connect to
 * @param isOpen      whether anybody may connect to the listener
 * @param credentials as whom to connect to another router
 * @param serverTls   of listeners
 * @param clientTls   of connections to other routers
 * @param largestPayload that is read of modules, in bytes
 * @param largestMessage that is carried between modules, in bytes
 * @param faces       connections that a router takes
 */
public record BusSettings(
        ZenohConfiguration.Mode mode,
        List<Endpoint> listen,
        List<Endpoint> connect,
        boolean isOpen,
        BusUsers users,
        Optional<Credentials> credentials,
        Optional<TlsContext> serverTls,
        Optional<TlsContext> clientTls,
        int largestPayload,
        int largestMessage,
        int faces) {
    /** Where VYRA's modules look for a router. */
    private static final String USUAL = "tcp/127.0.0.1:7447";

    public BusSettings {
        listen = List.copyOf(listen);
        connect = List.copyOf(connect);
    }

    /** @throws BusSettingsException when a setting is wrong or unsafe; the message says what to do */
    public static BusSettings of(ZenohConfiguration configuration) {
        boolean isRouter = configuration.mode() == ZenohConfiguration.Mode.ROUTER;
        List<Endpoint> connect = endpoints("vyra.zenoh.connect", configuration.connect());
        if (!isRouter && connect.isEmpty()) {
            throw new BusSettingsException(
                    "With vyra.zenoh.mode=client, vyra.zenoh.connect (ZENOH_CONNECT) must name a router, such as tcp/zenoh-router:7447.");
        }
        List<Endpoint> listen = endpoints("vyra.zenoh.listen", configuration.listen());
        if (isRouter && listen.isEmpty()) {
            listen = List.of(Endpoint.parse(USUAL));
        }
        boolean isOpen = configuration.access() == ZenohConfiguration.Access.OPEN;
        if (isRouter && isOpen && !configuration.robotInternal()) {
            listen.forEach(BusSettings::requireLoopback);
        }
        boolean listensWithTls = isRouter && anyTls(listen);
        ZenohConfiguration.Tls tls = configuration.tls();
        if (listensWithTls && tls.certificate().isEmpty()) {
            throw new BusSettingsException(
                    "A listener that begins with tls/ needs vyra.zenoh.tls.certificate and vyra.zenoh.tls.key.");
        }
        return new BusSettings(
                configuration.mode(),
                isRouter ? listen : List.of(),
                connect,
                isOpen,
                configuration.users().map(BusUsers::read).orElse(BusUsers.NONE),
                credentials(configuration),
                listensWithTls
                        // Certificates prove who somebody is, not from which host he comes.
                        ? Optional.of(new TlsContext(context(tls), false, tls.clientCertificates() && !isOpen))
                        : Optional.empty(),
                anyTls(connect) ? Optional.of(new TlsContext(context(tls), tls.verifyHost(), false)) : Optional.empty(),
                within("vyra.zenoh.max-payload", configuration.maxPayload().asLongValue(), 1 << 10, 64 << 20),
                within("vyra.zenoh.max-message", configuration.maxMessage().asLongValue(), 64 << 10, 1 << 30),
                within("vyra.zenoh.max-faces", configuration.maxFaces(), 1, 10_000));
    }

    private static List<Endpoint> endpoints(String key, Optional<List<String>> texts) {
        try {
            return texts.orElse(List.of()).stream()
                    .map(String::strip)
                    .map(Endpoint::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new BusSettingsException("The setting " + key + " is wrong: " + e.getMessage() + ".");
        }
    }

    private static void requireLoopback(Endpoint endpoint) {
        try {
            if (InetAddress.getByName(endpoint.host()).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new BusSettingsException("The name in vyra.zenoh.listen=" + endpoint + " has no address here.");
        }
        throw new BusSettingsException("The Zenoh listener " + endpoint
                + " is not on a loopback address, and with vyra.zenoh.access=open anybody may connect to it. Set"
                + " vyra.zenoh.access=authenticated, or, where only this robot's modules reach that address,"
                + " vyra.zenoh.robot-internal=true.");
    }

    private static boolean anyTls(List<Endpoint> endpoints) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.protocol() == Endpoint.Protocol.TLS);
    }

    private static Optional<Credentials> credentials(ZenohConfiguration configuration) {
        if (configuration.user().isPresent() != configuration.password().isPresent()) {
            throw new BusSettingsException("vyra.zenoh.user and vyra.zenoh.password go together: set both or none.");
        }
        return configuration
                .user()
                .map(user -> new Credentials(user, configuration.password().orElseThrow()));
    }

    private static SSLContext context(ZenohConfiguration.Tls tls) {
        try {
            return new PemFiles(
                            tls.trusted().orElse(null),
                            tls.certificate().orElse(null),
                            tls.key().orElse(null))
                    .context();
        } catch (IOException | IllegalArgumentException e) {
            throw new BusSettingsException("vyra.zenoh.tls.* cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static int within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new BusSettingsException(
                    "The setting " + key + " must be between " + least + " and " + most + " but is " + value + ".");
        }
        return (int) value;
    }
}

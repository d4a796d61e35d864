package io.vyra.modulemanager.api.tls;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.api.start.StartRefusedException;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Holds the one listener to the rule that plain HTTP is for loopback: with a certificate it speaks HTTPS, without one it refuses to
 * start on any other address unless {@code vyra.insecure-http} is set.
 */
@Singleton
public class ListenerPolicy implements HttpServerOptionsCustomizer {
    private static final Logger LOG = Logger.getLogger(ListenerPolicy.class);

    private final ApiConfiguration configuration;
    private final InstantSource clock;

    public ListenerPolicy(ApiConfiguration configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Where certificate and key lie. */
    private record Files(Path certificate, Path key) {}

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        requireSafe(configuration, options.getHost());
        Optional<Files> files = files();
        if (files.isPresent()) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(files.get().certificate().toString())
                            .addKeyPath(files.get().key().toString()));
        } else if (!isLoopback(options.getHost())) {
            LOG.warnf("Plain HTTP is served beyond this machine address=%s", options.getHost());
        }
    }

    /**
     * For a manager that wants to know before it makes anything.
     *
     * @throws StartRefusedException when the address must not be served; the message says what to do
     */
    public static void requireSafe(ApiConfiguration configuration, String host) {
        ApiConfiguration.Tls tls = configuration.tls();
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw new StartRefusedException("vyra.tls.certificate and vyra.tls.key must be given both or not at all.");
        }
        boolean isEncrypted = tls.certificate().isPresent() || tls.selfSigned();
        if (!isEncrypted && !configuration.insecureHttp() && !isLoopback(host)) {
            throw new StartRefusedException("Plain HTTP is not served on " + host
                    + ", where passwords could be read on the way. Start with a certificate (vyra.tls.certificate and"
                    + " vyra.tls.key), with --tls for a self-signed one, on 127.0.0.1, or with --insecure-http if the"
                    + " network is safe.");
        }
    }

    private Optional<Files> files() {
        ApiConfiguration.Tls tls = configuration.tls();
        if (tls.certificate().isPresent()) {
            return Optional.of(new Files(tls.certificate().get(), tls.key().get()));
        }
        if (!tls.selfSigned()) {
            return Optional.empty();
        }
        SelfSignedCertificate own =
                new SelfSignedCertificate(configuration.data().toAbsolutePath(), clock);
        own.ensure();
        LOG.infof("Self-signed certificate in use sha256=%s file=%s", own.fingerprint(), own.certificate());
        return Optional.of(new Files(own.certificate(), own.key()));
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

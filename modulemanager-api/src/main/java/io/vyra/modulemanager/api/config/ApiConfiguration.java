package io.vyra.modulemanager.api.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be configured of the REST face. Every key is also an environment variable, for example {@code VYRA_UPLOAD_MAX_SIZE}. */
@ConfigMapping(prefix = "vyra")
public interface ApiConfiguration {

    /** Folder for everything durable. */
    @WithDefault("data")
    Path data();

    /** Which distribution this is; set by the runner. */
    @WithDefault("full")
    Distribution distribution();

    /** Whether the full distribution behaves as SLIM: its ROS 2 bridge is switched off. */
    @WithDefault("false")
    boolean slim();

    /** Folder with the web interface; without it only the API is served. */
    Optional<Path> ui();

    /** Path under which everything is served when a gateway does not strip it, for example {@code /v2_modulemanager}. */
    Optional<String> rootPath();

    /** Numeric addresses of proxies whose {@code X-Forwarded-*} headers count. */
    Optional<List<String>> trustedProxies();

    /** Serve plain HTTP on addresses other than loopback. Passwords travel readable. */
    @WithDefault("false")
    boolean insecureHttp();

    Upload upload();

    Metrics metrics();

    Tls tls();

    /** What was built. */
    enum Distribution {
        FULL,
        SLIM
    }

    /** Package files sent by clients. */
    interface Upload {
        /** Largest package file, in bytes or with a suffix such as {@code 512M}. */
        @WithDefault("2G")
        MemorySize maxSize();
    }

    /** Who may read {@code /q/metrics}. */
    interface Metrics {
        /** Whether nobody has to log in to read the metrics. */
        @WithDefault("false")
        boolean open();

        /** Bearer token that is good for the metrics only, for a scraper; at least 16 characters. */
        Optional<String> token();
    }

    /** HTTPS instead of HTTP. */
    interface Tls {
        /** Make a self-signed certificate at the first start and serve HTTPS with it. */
        @WithDefault("false")
        boolean selfSigned();

        /** Certificate chain in PEM format. */
        Optional<Path> certificate();

        /** Private key of the certificate in PEM format (PKCS #8). */
        Optional<Path> key();
    }
}

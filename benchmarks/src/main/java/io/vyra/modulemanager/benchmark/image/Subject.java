package io.vyra.modulemanager.benchmark.image;

import java.util.List;

/**
 * A service in a container that is started and measured.
 *
 * @param label   in the report
 * @param secure  whether it serves HTTPS alone, or plain HTTP alone
 * @param path    of the REST resource that is asked
 * @param options for {@code docker run}, besides the port
 * @param port    the environment variable that tells it its port
 */
record Subject(String label, String image, boolean secure, String path, List<String> options, String port) {
    static final String FULL = "vyra/modulemanager:latest";
    static final String SLIM = "vyra/modulemanager:slim";
    static final String ONE_CLASS = "vyra/one-class:latest";

    private static final String TLS_FOLDER = "/opt/vyra/tls/";

    Subject {
        options = List.copyOf(options);
    }

    /** As {@code docs/deployment.md} runs it: HTTPS unless it is told otherwise, data in a volume. */
    static Subject manager(String label, String image, boolean secure) {
        List<String> data = List.of("--volume=/var/lib/vyra");
        List<String> plain = List.of("--volume=/var/lib/vyra", "--env=VYRA_INSECURE_HTTP=true");
        return new Subject(label, image, secure, "/health", secure ? data : plain, "QUARKUS_HTTP_PORT");
    }

    static Subject oneClass(boolean secure) {
        List<String> plain = List.of("--tmpfs=/tmp");
        List<String> tls = List.of(
                "--tmpfs=/tmp",
                "--env=QUARKUS_HTTP_INSECURE_REQUESTS=disabled",
                "--env=QUARKUS_HTTP_SSL_CERTIFICATE_FILES=" + TLS_FOLDER + "tls.crt",
                "--env=QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES=" + TLS_FOLDER + "tls.key");
        return new Subject(
                "one class",
                ONE_CLASS,
                secure,
                "/greeting",
                secure ? tls : plain,
                secure ? "QUARKUS_HTTP_SSL_PORT" : "QUARKUS_HTTP_PORT");
    }

    String scheme() {
        return secure ? "HTTPS" : "HTTP";
    }

    String name() {
        return label + ", " + scheme();
    }
}

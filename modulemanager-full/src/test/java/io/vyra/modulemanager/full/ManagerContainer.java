package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A container of the image, with a read-only root, no capability and its data in a volume; and a user of its REST interface. */
final class ManagerContainer {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern OPERATION = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");
    private static final List<String> UNFINISHED = List.of("pending", "running");
    private static final String PASSWORD = "correct horse battery staple";

    private final ContainerEngine engine;
    private final String name;
    private final int port;
    private final HttpClient client = trusting();
    private String token = "";

    private ManagerContainer(ContainerEngine engine, String name, int port) {
        this.engine = engine;
        this.name = name;
        this.port = port;
    }

    /** Returns once it is ready. */
    static ManagerContainer start(ContainerEngine engine, String image, String name, String... options)
            throws Exception {
        ManagerContainer container = new ManagerContainer(engine, name, freePort());
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--name=" + name,
                "--network=host",
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--volume=" + name + ":/var/lib/vyra",
                "--env=QUARKUS_HTTP_PORT=" + container.port));
        words.addAll(List.of(options));
        words.add(image);
        engine.run(words.toArray(String[]::new));
        container.awaitReady();
        return container;
    }

    void startAgain() throws Exception {
        engine.run("start", name);
        awaitReady();
    }

    /** Stops it as an engine does: with TERM, and with KILL when it did not end in time. Returns its exit code. */
    int stop(Duration patience) throws Exception {
        engine.run("stop", "--time=" + patience.toSeconds(), name);
        return Integer.parseInt(engine.run("inspect", "--format={{.State.ExitCode}}", name));
    }

    void remove() throws Exception {
        engine.attempt("rm", "--force", "--volumes", name);
        engine.attempt("volume", "rm", name);
    }

    String shell(String script) throws Exception {
        return engine.run("exec", name, "sh", "-c", script);
    }

    String log() throws Exception {
        return engine.run("logs", name);
    }

    String inspect(String format) throws Exception {
        return engine.run("inspect", "--format=" + format, name);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    void logIn() throws Exception {
        if (token.isEmpty()) {
            String first = shell("cat /var/lib/vyra/initial-admin-password");
            token = token(first);
            token = find(
                    TOKEN,
                    call(
                            "POST",
                            "/auth/password",
                            "{\"old_password\":\"" + first + "\",\"new_password\":\"" + PASSWORD + "\"}"));
        } else {
            token = token(PASSWORD);
        }
    }

    private String token(String password) throws Exception {
        return find(TOKEN, call("POST", "/auth/login", "{\"username\":\"admin\",\"password\":\"" + password + "\"}"));
    }

    String call(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/api/v1" + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isLessThan(400);
        return response.body();
    }

    void install(String module) throws Exception {
        String operation =
                call("POST", "/modules", "{\"name\":\"" + module + "\",\"version\":\"1.0.0\",\"start\":true}");
        assertThat(outcome(operation)).isEqualTo("succeeded");
    }

    /** Wants another version of an installed module; returns how the operation ended. */
    String update(String module, String versions) throws Exception {
        String path = "/modules/" + module;
        String etag = get("/api/v1" + path).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/v1" + path))
                .method("PATCH", BodyPublishers.ofString("{\"desired_version\":\"" + versions + "\"}"))
                .header("If-Match", etag));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return outcome(answer.body());
    }

    /** Follows an operation to its end. */
    String outcome(String operation) throws Exception {
        String path = "/operations/" + find(OPERATION, operation);
        await().atMost(LIMIT).until(() -> !UNFINISHED.contains(find(STATUS, call("GET", path, null))));
        return find(STATUS, call("GET", path, null));
    }

    void awaitRunning(String module) {
        await().atMost(LIMIT)
                .until(() -> call("GET", "/modules/" + module, null).contains("\"phase\":\"running\""));
    }

    private void awaitReady() {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(inspect("{{.State.Running}}")).as(this::logQuietly).isEqualTo("true");
            try {
                return get("/q/health/ready").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private String logQuietly() {
        try {
            return log();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + port + path);
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The certificate is made by the container's first start; there is nothing to check it against. */
    private static HttpClient trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(context)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

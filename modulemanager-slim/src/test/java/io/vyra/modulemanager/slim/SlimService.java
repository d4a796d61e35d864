package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What was packaged, started with the flags of SLIM on a free port and with data of its own; and an administrator of it. */
final class SlimService implements AutoCloseable {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String PASSWORD = "correct horse battery staple";
    private static final Set<String> UNFINISHED = Set.of("pending", "running");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path log;
    private final URI api;
    private final HttpClient client = HttpClient.newHttpClient();
    private String token = "";

    private SlimService(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
    }

    /** Returns once it is ready and its administrator logged in. */
    static SlimService start(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path log = folder.resolve("service.log");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "@" + CHECKOUT.resolve("docker/entrypoint/slim.options"),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dquarkus.http.port=" + port,
                        "-Dvyra.data=" + data,
                        "-Dvyra.shim=" + CHECKOUT.resolve("modulemanager-core/target/native/module-shim"),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // It must be no other manager's router.
        builder.environment().put("ZENOH_LISTEN", "tcp/127.0.0.1:0");
        builder.environment().putAll(environment);
        SlimService service = new SlimService(builder.start(), log, port);
        try {
            service.awaitReady();
            service.logIn(
                    Files.readString(data.resolve("initial-admin-password")).strip());
            return service;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError failure) {
            service.close();
            throw failure;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(process.isAlive()).as(() -> output()).isTrue();
            try {
                return send(HttpRequest.newBuilder(api.resolve("/q/health/ready")))
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private void logIn(String first) throws IOException, InterruptedException {
        token = post("auth/login", Map.of("username", "admin", "password", first))
                .path("token")
                .asText();
        token = post("auth/password", Map.of("old_password", first, "new_password", PASSWORD))
                .path("token")
                .asText();
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(api.resolve(path)));
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(api.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** Installs and starts what is in the package file; returns the operation at its end. */
    JsonNode upload(Path file) throws IOException, InterruptedException {
        BodyPublisher body = BodyPublishers.ofFile(file);
        return ended(answer(HttpRequest.newBuilder(api.resolve("modules/upload?start=true"))
                .header("Content-Type", "application/gzip")
                .POST(body)));
    }

    /** Removes the module at this path. */
    void remove(String module) throws IOException, InterruptedException {
        JsonNode operation =
                ended(answer(HttpRequest.newBuilder(api.resolve(module)).DELETE()));
        assertThat(operation.path("status").asText()).as(operation.toString()).isEqualTo("succeeded");
    }

    /** The operation at its end. */
    JsonNode ended(JsonNode operation) {
        String path = "operations/" + operation.path("id").asText();
        return await().atMost(SOON)
                .until(
                        () -> get(path),
                        now -> !UNFINISHED.contains(now.path("status").asText()));
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    /** Stops it with TERM, and with KILL when that does not end it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}

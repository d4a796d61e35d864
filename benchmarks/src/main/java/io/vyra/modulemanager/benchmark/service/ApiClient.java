package io.vyra.modulemanager.benchmark.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The administrator's session at a service. Thread-safe. */
public final class ApiClient implements AutoCloseable {
    private static final String PASSWORD = "measured twice, cut once";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final String token;

    private ApiClient(HttpClient http, URI base, Optional<String> initialPassword)
            throws IOException, InterruptedException {
        this.http = http;
        this.base = base;
        String first = login(initialPassword.orElse(PASSWORD), "");
        this.token = initialPassword.isEmpty()
                ? first
                : post("auth/password", Map.of("old_password", initialPassword.get(), "new_password", PASSWORD), first)
                        .path("token")
                        .asText();
    }

    /** Logs in for the first time at a service with new data, and changes the password as it must. */
    static ApiClient logIn(Service service) throws IOException, InterruptedException {
        return new ApiClient(HttpClient.newHttpClient(), base("http", service.port()), initialPassword(service.data()));
    }

    /**
     * Logs in at a service that serves HTTPS with a certificate of its own: for the first time when its data folder still has the initial
     * password, and as it was done here before when not.
     */
    public static ApiClient logInSecurely(int port, Path data) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(AnyCertificate.context())
                .build();
        return new ApiClient(http, base("https", port), initialPassword(data));
    }

    private static Optional<String> initialPassword(Path data) throws IOException {
        Path file = data.resolve("initial-admin-password");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private static URI base(String scheme, int port) {
        return URI.create(scheme + "://127.0.0.1:" + port + "/api/v1/");
    }

    private String login(String password, String bearer) throws IOException, InterruptedException {
        return post("auth/login", Map.of("username", "admin", "password", password), bearer)
                .path("token")
                .asText();
    }

    String token() {
        return token;
    }

    /** @param path below {@code /api/v1/}, or from the root with its leading slash */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    /** @param command for example {@code start} */
    JsonNode command(String module, String command) throws IOException, InterruptedException {
        return send(request("modules/" + module + "/" + command, token).POST(BodyPublishers.noBody()));
    }

    public JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return post(path, body, token);
    }

    public JsonNode delete(String path) throws IOException, InterruptedException {
        return send(request(path, token).DELETE());
    }

    private JsonNode post(String path, Map<String, ?> body, String bearer) throws IOException, InterruptedException {
        return send(request(path, bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path, String bearer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Accept", "application/json");
        return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}

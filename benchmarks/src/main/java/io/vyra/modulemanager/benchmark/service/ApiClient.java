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

/** The administrator's session at the service. Thread-safe. */
final class ApiClient implements AutoCloseable {
    private static final String PASSWORD = "measured twice, cut once";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final String token;

    private ApiClient(URI base, String initialPassword) throws IOException, InterruptedException {
        this.base = base;
        String first = login(initialPassword, "");
        this.token = post("auth/password", Map.of("old_password", initialPassword, "new_password", PASSWORD), first)
                .path("token")
                .asText();
    }

    /** Logs in for the first time at a service with new data, and changes the password as it must. */
    static ApiClient logIn(Service service) throws IOException, InterruptedException {
        Path initial = service.data().resolve("initial-admin-password");
        URI base = URI.create("http://127.0.0.1:" + service.port() + "/api/v1/");
        return new ApiClient(base, Files.readString(initial).strip());
    }

    private String login(String password, String bearer) throws IOException, InterruptedException {
        return post("auth/login", Map.of("username", "admin", "password", password), bearer)
                .path("token")
                .asText();
    }

    String token() {
        return token;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    /** @param command for example {@code start} */
    JsonNode command(String module, String command) throws IOException, InterruptedException {
        return send(request("modules/" + module + "/" + command, token).POST(BodyPublishers.noBody()));
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

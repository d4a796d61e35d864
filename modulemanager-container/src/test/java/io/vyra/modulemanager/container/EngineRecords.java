package io.vyra.modulemanager.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.vyra.modulemanager.container.engine.EngineAddress;
import java.io.IOException;

/** What an engine itself has on record of a container, word for word. */
final class EngineRecords implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final DockerHttpClient http;

    EngineRecords(EngineAddress address) {
        this.http =
                new ZerodepDockerHttpClient.Builder().dockerHost(address.uri()).build();
    }

    /** As {@code docker inspect} shows it. */
    JsonNode container(String id) throws IOException {
        return get("/v1.41/containers/" + id + "/json");
    }

    JsonNode get(String path) throws IOException {
        Request request =
                Request.builder().method(Request.Method.GET).path(path).build();
        try (DockerHttpClient.Response response = http.execute(request)) {
            return JSON.readTree(response.getBody());
        }
    }

    /** For what the runtime itself never asks of an engine. */
    int post(String path, String json) throws IOException {
        Request request = Request.builder()
                .method(Request.Method.POST)
                .path(path)
                .putHeader("Content-Type", "application/json")
                .bodyBytes(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .build();
        try (DockerHttpClient.Response response = http.execute(request)) {
            return response.getStatusCode();
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}

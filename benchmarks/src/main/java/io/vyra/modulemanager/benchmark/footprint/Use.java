package io.vyra.modulemanager.benchmark.footprint;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.benchmark.service.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What a person does with the service: logs in, looks around, installs a module, lets it run, removes it. */
final class Use {
    private static final List<String> LOOKS = List.of(
            "auth/me", "catalog", "modules", "operations", "repositories", "system", "/health", "/q/health/ready");
    private static final int TIMES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private Use() {}

    /** @return median time of {@code GET /api/v1/modules} in ms, as a client on the same machine sees it */
    static double of(PackagedProcess service, int requests) throws IOException, InterruptedException {
        try (ApiClient client = ApiClient.logInSecurely(service.port(), service.data())) {
            for (int time = 0; time < TIMES; time++) {
                for (String look : LOOKS) {
                    client.get(look);
                }
            }
            finish(client, client.post("modules", Map.of("name", "heartbeat", "version", "1.0.0", "start", true)));
            await(client, "modules/heartbeat", "\"phase\":\"running\"");
            double[] milliseconds = new double[requests];
            for (int request = 0; request < requests; request++) {
                long begin = System.nanoTime();
                client.get("modules");
                milliseconds[request] = (System.nanoTime() - begin) / 1e6;
            }
            finish(client, client.delete("modules/heartbeat"));
            Arrays.sort(milliseconds);
            return milliseconds[requests / 2];
        }
    }

    private static void finish(ApiClient client, JsonNode operation) throws IOException, InterruptedException {
        await(client, "operations/" + operation.path("id").asText(), "\"status\":\"succeeded\"");
    }

    private static void await(ApiClient client, String path, String wanted) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String answer = client.get(path).toString();
        while (!answer.contains(wanted)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos() || answer.contains("\"status\":\"failed\"")) {
                throw new IOException(path + " does not get to " + wanted + ": " + answer);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            answer = client.get(path).toString();
        }
    }
}

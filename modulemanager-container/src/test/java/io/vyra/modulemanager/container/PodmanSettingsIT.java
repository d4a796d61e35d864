package io.vyra.modulemanager.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PodmanSettingsIT extends SettingsOnEngine {
    @Override
    TestEngine begin(NetworkNamespace network) throws IOException {
        return TestEngine.podmanIn(network);
    }

    /** The API that is like Docker's does not tell it, Podman's own does, rounded for people to read. */
    @Override
    String logLimit(EngineRecords engine, String id) throws IOException {
        JsonNode log = engine.get("/v4.3.0/libpod/containers/" + id + "/json")
                .get("HostConfig")
                .get("LogConfig");
        return log.get("Size").asText().equals("1.049MB") ? "1048576" : log.toString();
    }

    @Override
    String gpuWords() {
        return "Podman's service gives no container";
    }
}

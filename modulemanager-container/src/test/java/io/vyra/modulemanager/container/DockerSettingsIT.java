package io.vyra.modulemanager.container;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class DockerSettingsIT extends SettingsOnEngine {
    @Override
    TestEngine begin(NetworkNamespace network) throws IOException {
        return TestEngine.dockerIn(network);
    }

    @Override
    String logLimit(EngineRecords engine, String id) throws IOException {
        return engine.container(id)
                .get("HostConfig")
                .get("LogConfig")
                .get("Config")
                .get("max-size")
                .asText();
    }

    @Override
    String gpuWords() {
        return "[[gpu]]";
    }
}

package io.vyra.modulemanager.api.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.SystemReport;
import jakarta.inject.Singleton;

/** The document of {@code GET /api/v1/system} for faces that do not speak HTTP. Thread-safe. */
@Singleton
public class SystemDocument implements SystemReport {
    private final SystemStatus status;
    private final ObjectMapper json;

    public SystemDocument(SystemStatus status, ObjectMapper json) {
        this.status = status;
        this.json = json;
    }

    @Override
    public ObjectNode read(Caller caller) {
        return json.valueToTree(status.read(caller));
    }
}

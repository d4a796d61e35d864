package io.vyra.modulemanager.api.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.vyra.modulemanager.ModuleView;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON of every module, written once and again only when the module looks different. Lists are asked for far more often than
 * modules change, and writing 200 modules afresh was most of what such a request cost.
 *
 * <p>Thread-safe.
 */
@Singleton
public class ModuleDocuments {
    /** Removed modules stay until so many have gathered: about 1 KiB each. */
    private static final int MOST = 1_024;

    private final ObjectMapper json;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    ModuleDocuments(ObjectMapper json) {
        this.json = json;
    }

    private record Document(ModuleView of, RawValue json) {}

    RawValue of(ModuleView module) {
        Document known = documents.get(module.id());
        if (known != null && known.of().equals(module)) {
            return known.json();
        }
        if (documents.size() >= MOST) {
            documents.clear();
        }
        RawValue written = write(module);
        documents.put(module.id(), new Document(module, written));
        return written;
    }

    private RawValue write(ModuleView module) {
        try {
            return new RawValue(new SerializedString(json.writeValueAsString(ModuleBody.of(module))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("module " + module.id() + " cannot be written as JSON", e);
        }
    }
}

package io.vyra.modulemanager.api.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.api.module.ModuleBody;
import io.vyra.modulemanager.api.operation.OperationBody;
import io.vyra.modulemanager.feed.FeedEvent;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Events as {@code text/event-stream} (HTML standard, section 9.2).
 *
 * <p>Thread-safe. The frames of the newest events are kept, because every open stream asks for them at about the same time.
 */
@Singleton
public class EventEncoding {
    static final Buffer COMMENT = Buffer.buffer(":\n\n");
    private static final int KEPT = 512;

    private final ObjectMapper json;

    /** The frame of an event lies at its id modulo the length. */
    private final AtomicReferenceArray<Frame> frames = new AtomicReferenceArray<>(KEPT);

    private record Frame(long id, Buffer bytes) {}

    public EventEncoding(ObjectMapper json) {
        this.json = json;
    }

    Buffer encode(FeedEvent event) {
        int slot = (int) (event.id() % KEPT);
        Frame known = frames.get(slot);
        if (known != null && known.id() == event.id()) {
            return known.bytes();
        }
        Buffer bytes = write(event);
        frames.set(slot, new Frame(event.id(), bytes));
        return bytes;
    }

    private Buffer write(FeedEvent event) {
        String id = String.valueOf(event.id());
        return switch (event) {
            case FeedEvent.ModuleChanged changed -> frame(id, "module", ModuleBody.of(changed.module()));
            case FeedEvent.ModuleRemoved removed ->
                frame(id, "module", Map.of("id", removed.moduleId(), "removed", true));
            case FeedEvent.OperationChanged changed ->
                frame(id, "operation", OperationBody.of(changed.operation(), ""));
            case FeedEvent.Entry entry -> frame(id, "feed", FeedBody.of(entry));
        };
    }

    Buffer snapshot(long id, Map<String, Object> state) {
        return frame(String.valueOf(id), "snapshot", state);
    }

    /**
     * @param dropped events the client does not get; 0 when that is not known
     */
    Buffer gap(long dropped) {
        return frame("", "gap", Map.of("dropped", dropped));
    }

    Buffer log(String module, LogLine line) {
        return frame(
                "", "log", Map.of("module_id", module, "at", line.at(), "stream", line.stream(), "text", line.text()));
    }

    private Buffer frame(String id, String name, Object body) {
        try {
            String head = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: ";
            return Buffer.buffer(head.getBytes(StandardCharsets.UTF_8))
                    .appendBytes(json.writeValueAsBytes(body))
                    .appendBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("events are records that can be written", e);
        }
    }
}

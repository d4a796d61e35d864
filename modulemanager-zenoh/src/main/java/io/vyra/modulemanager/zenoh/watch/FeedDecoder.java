package io.vyra.modulemanager.zenoh.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.LayerValue;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes feed messages of JSON. Fields that are not needed are not looked at: vyra_base writes datetimes and enums in odd ways. */
final class FeedDecoder {
    private FeedDecoder() {}

    /** @throws BadPayloadException when a field that is needed lacks or has another type */
    static FeedMessage decode(Feed feed, ObjectNode payload) throws BadPayloadException {
        return switch (feed) {
            case STATE -> state(payload);
            case NEWS -> new FeedMessage.News(optional(payload, "type"), required(payload, "message"));
            case ERROR -> failure(payload);
            case LOG -> new FeedMessage.Log(optional(payload, "level"), required(payload, "message"));
        };
    }

    private static FeedMessage.State state(ObjectNode payload) throws BadPayloadException {
        String current = required(payload, "current");
        return new FeedMessage.State(LayerValue.parse(current)
                .orElseThrow(() -> new BadPayloadException("its current state is none of VYRA's state machine")));
    }

    private static FeedMessage.Failure failure(ObjectNode payload) throws BadPayloadException {
        String description = required(payload, "description");
        String detail = Stream.of(
                        code(payload.path("error_code")),
                        optional(payload, "solution"),
                        optional(payload, "miscellaneous"))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("; "));
        return new FeedMessage.Failure(description, detail);
    }

    private static String code(JsonNode code) {
        return code.isNumber() || code.isTextual() ? code.asText() : "";
    }

    private static String required(ObjectNode payload, String field) throws BadPayloadException {
        JsonNode value = payload.path(field);
        if (!value.isTextual()) {
            throw new BadPayloadException("its " + field + " is no text");
        }
        return value.textValue();
    }

    private static String optional(ObjectNode payload, String field) {
        return payload.path(field).isTextual() ? payload.path(field).textValue() : "";
    }
}

package io.vyra.modulemanager.zenoh.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.zenoh.wire.Bytes;
import java.io.IOException;

/**
 * Reads and writes the payloads of VYRA modules: one JSON object in UTF-8 each.
 *
 * <p>Thread-safe. {@code NaN} and {@code Infinity} are taken, because Python's {@code json} writes them; everything else is as strict as
 * RFC 8259: no duplicate keys, nothing behind the document, at most {@value #DEEPEST} levels.
 */
public final class JsonPayloads {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 64;

    private final int largest;
    private final JsonMapper mapper;

    /** @param largest size of a payload in bytes above which it is not read */
    public JsonPayloads(int largest) {
        if (largest < 1) {
            throw new IllegalArgumentException("the largest payload must have at least 1 byte but is " + largest);
        }
        this.largest = largest;
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxStringLength(largest)
                                .maxNumberLength(LONGEST_NUMBER)
                                .build())
                        .build())
                .build();
    }

    /** @throws BadPayloadException when it is too large, no JSON, or no object */
    public ObjectNode read(Bytes payload) throws BadPayloadException {
        if (payload.size() > largest) {
            throw new BadPayloadException(
                    "the payload has " + payload.size() + " bytes, at most " + largest + " are read");
        }
        try (JsonParser parser = mapper.createParser(payload.toArray())) {
            JsonNode tree = mapper.readTree(parser);
            if (!(tree instanceof ObjectNode object)) {
                throw new BadPayloadException("the payload is no JSON object");
            }
            if (parser.nextToken() != null) {
                throw new BadPayloadException("something follows the JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new BadPayloadException(inWords(e));
        } catch (IOException e) {
            throw new BadPayloadException("the payload is not UTF-8");
        }
    }

    /** Jackson's own words may quote the payload. */
    private static String inWords(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Duplicate")) {
            return "a key occurs twice in one object of the payload";
        }
        return message.contains("nesting depth")
                ? "the payload is nested more than " + DEEPEST + " levels deep"
                : "the payload is not valid JSON";
    }

    /** {@link #read}, or an empty object where nothing was sent. */
    public ObjectNode readOrEmpty(Bytes payload) throws BadPayloadException {
        return payload.isEmpty() ? mapper.createObjectNode() : read(payload);
    }

    public Bytes write(JsonNode value) {
        return Bytes.of(text(value));
    }

    /** The JSON text, for JSON that travels inside of JSON. */
    public String text(JsonNode value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("trees of JSON can always be written", e);
        }
    }

    public ObjectNode object() {
        return mapper.createObjectNode();
    }
}

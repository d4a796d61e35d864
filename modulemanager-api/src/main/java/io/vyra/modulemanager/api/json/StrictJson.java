package io.vyra.modulemanager.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads request bodies and refuses what is not exactly what was asked for: duplicate keys, unknown fields, null, numbers in place of
 * text, deep nesting, anything after the document.
 *
 * <p>Thread-safe. What is not JSON is {@code MALFORMED_REQUEST} with line and column, what is JSON of the wrong shape is
 * {@code INVALID_REQUEST} with a JSON pointer.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 1 << 20;
    private static final int MAX_NUMBER = 64;

    private static final JsonMapper MAPPER = mapper();

    private StrictJson() {}

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    /**
     * @param type a record of text, numbers and booleans, or {@link JsonNode} for a free object
     */
    public static <T> T read(byte[] body, Class<T> type) {
        JsonNode tree = tree(body);
        if (!tree.isObject()) {
            throw invalid("", "must be a JSON object");
        }
        if (type == JsonNode.class) {
            return type.cast(tree);
        }
        tree.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                throw invalid("/" + escape(field.getKey()), "must not be null; leave the field out instead");
            }
        });
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw invalid(pointer(e), "is not known here; known are " + known);
        } catch (JsonMappingException e) {
            throw invalid(pointer(e), "has the wrong type");
        } catch (JsonProcessingException e) {
            throw invalid("", "cannot be used: " + e.getOriginalMessage());
        }
    }

    private static JsonNode tree(byte[] body) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null) {
                throw new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "The body is empty. Send a JSON object with Content-Type application/json.");
            }
            if (parser.nextToken() != null) {
                throw malformed("something follows the end of the JSON document", parser.currentTokenLocation());
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw malformed(inWords(e), e.getLocation());
        } catch (IOException e) {
            throw malformed("the text is not UTF-8", null);
        }
    }

    /** Jackson's own words may quote the body, which may hold a password. */
    private static String inWords(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Duplicate")) {
            return "a key occurs twice in one object";
        }
        return message.contains("nesting depth")
                ? "it is nested more than " + MAX_DEPTH + " levels deep"
                : "it is not valid JSON";
    }

    private static ProblemException malformed(String what, JsonLocation place) {
        String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                "The body cannot be read: " + what + where + ". Correct it and send it again.");
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : escape(step.getFieldName())))
                .collect(Collectors.joining());
    }

    /** RFC 6901, section 3. */
    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static ProblemException invalid(String pointer, String detail) {
        String place = pointer.isEmpty() ? "The body" : "The value at " + pointer;
        return new ProblemException(new Problem(
                ProblemType.INVALID_REQUEST, place + " " + detail + ".", List.of(new FieldError(pointer, detail))));
    }
}

package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code openapi.yaml} as something tests can ask: which operations there are, and whether a document keeps to it. */
public final class Contract {
    private static final JsonNode DOCUMENT = load();
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private Contract() {}

    private static JsonNode load() {
        Path page = Path.of("../modulemanager-api/src/main/resources/META-INF/openapi/openapi.yaml");
        try {
            Object yaml = new Load(LoadSettings.builder()
                            .setMaxAliasesForCollections(100)
                            .build())
                    .loadFromString(Files.readString(page));
            return new ObjectMapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Operations by {@code operationId}. */
    static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        DOCUMENT.path("paths")
                .forEach(path -> METHODS.forEach(method -> {
                    if (path.has(method)) {
                        operations.put(path.path(method).path("operationId").asText(), path.path(method));
                    }
                }));
        return operations;
    }

    /** What an operation is given in its query and its body, by name. */
    static TreeSet<String> arguments(JsonNode operation) {
        TreeSet<String> arguments = new TreeSet<>();
        operation.path("parameters").forEach(it -> {
            JsonNode parameter = resolved(it);
            if (parameter.path("in").asText().equals("query")) {
                arguments.add(parameter.path("name").asText());
            }
        });
        resolved(operation.at("/requestBody/content/application~1json/schema"))
                .path("properties")
                .fieldNames()
                .forEachRemaining(arguments::add);
        return arguments;
    }

    /** The document is as the schema says: it has all fields that must be there and none that is unknown, each of its type. */
    public static void assertFits(JsonNode document, String schema) {
        assertFits(document, DOCUMENT.at("/components/schemas").path(schema), schema);
    }

    /** As {@link #assertFits(JsonNode, String)}, for the answer of an operation. */
    static void assertAnswers(JsonNode document, String operation) {
        JsonNode schema = operations().get(operation).at("/responses/200/content/application~1json/schema");
        assertThat(schema.isMissingNode()).as(operation + " answers with JSON").isFalse();
        assertFits(document, schema, operation);
    }

    private static void assertFits(JsonNode value, JsonNode schema, String place) {
        JsonNode resolved = resolved(value, schema);
        if (value.isObject() && resolved.has("properties")) {
            TreeSet<String> wanted = new TreeSet<>();
            resolved.path("required").forEach(field -> wanted.add(field.asText()));
            TreeSet<String> there = new TreeSet<>();
            value.fieldNames().forEachRemaining(there::add);
            TreeSet<String> known = new TreeSet<>();
            resolved.path("properties").fieldNames().forEachRemaining(known::add);
            assertThat(there).as(place).containsAll(wanted).isSubsetOf(known);
            value.fieldNames()
                    .forEachRemaining(field -> assertFits(
                            value.path(field), resolved.path("properties").path(field), place + "/" + field));
        } else if (value.isArray()) {
            value.forEach(item -> assertFits(item, resolved.path("items"), place + "/0"));
        } else {
            assertThat(types(resolved)).as(place + " " + value).contains(type(value));
        }
        if (resolved.has("enum")) {
            assertThat(resolved.path("enum")).as(place).contains(value);
        }
    }

    private static JsonNode resolved(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = DOCUMENT.at(resolved.path("$ref").asText().substring(1));
        }
        return resolved;
    }

    private static JsonNode resolved(JsonNode value, JsonNode schema) {
        JsonNode resolved = resolved(schema);
        return resolved.has("oneOf") && !value.isNull()
                ? resolved(value, resolved.path("oneOf").get(1))
                : resolved;
    }

    private static List<String> types(JsonNode schema) {
        if (schema.has("oneOf")) {
            return List.of("null");
        }
        JsonNode type = schema.path("type");
        List<String> types = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case OBJECT -> "object";
            case ARRAY, BINARY, MISSING, POJO -> "array";
        };
    }
}

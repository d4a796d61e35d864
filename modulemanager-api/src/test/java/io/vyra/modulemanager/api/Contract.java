package io.vyra.modulemanager.api;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code openapi.yaml} as something tests can ask: which endpoints there are, who may use them, and whether an answer keeps to it. */
final class Contract {
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
    private static final Contract LOADED = load();

    private final ObjectNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Contract(ObjectNode document) {
        this.document = document;
    }

    static Contract get() {
        return LOADED;
    }

    private static Contract load() {
        try (InputStream in = Contract.class.getResourceAsStream("/META-INF/openapi/openapi.yaml")) {
            Object tree = new Load(LoadSettings.builder()
                            .setMaxAliasesForCollections(100)
                            .build())
                    .loadFromInputStream(in);
            ObjectNode document = new ObjectMapper().valueToTree(tree);
            closeResponses(document.get("components").get("schemas"));
            return new Contract(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients must tolerate new fields, but a test must notice a field that the contract does not know. */
    private static void closeResponses(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::closeResponses);
    }

    /**
     * @param path as in the contract, with the path of its server in front
     */
    record Endpoint(
            String method,
            String path,
            String role,
            boolean moduleToken,
            boolean duringPasswordChange,
            JsonNode operation) {
        boolean hasBody() {
            return operation.has("requestBody");
        }

        /** A request's path with something in place of the parameters. */
        String example(String id) {
            return path.replace("{id}", id)
                    .replace("{username}", "nobody")
                    .replace("{code}", "not-found")
                    .replaceAll("\\{[a-z]+}", "x");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        JsonNode operation = entry.getValue();
                        endpoints.add(new Endpoint(
                                entry.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getValue().has("servers") ? path.getKey() : "/api/v1" + path.getKey(),
                                operation.get("x-role").asString(),
                                operation.path("x-module-token").asBoolean(false),
                                operation.path("x-during-password-change").asBoolean(false),
                                operation));
                    }
                }));
        return endpoints;
    }

    List<String> problemCodes() {
        List<String> codes = new ArrayList<>();
        document.at("/components/schemas/ProblemCode/enum").forEach(code -> codes.add(code.asString()));
        return codes;
    }

    Optional<Endpoint> find(String method, String path) {
        return endpoints().stream()
                .filter(endpoint -> endpoint.method().equals(method))
                .filter(endpoint -> matches(endpoint.path(), path))
                .min(java.util.Comparator.comparing(endpoint -> endpoint.path().contains("{")));
    }

    private static boolean matches(String template, String path) {
        String pattern = Pattern.quote(template).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
        return path.matches(pattern);
    }

    /** What is wrong with an answer; empty when it keeps to the contract. */
    List<String> violations(String method, String path, int status, String contentType, String body) {
        String type = contentType == null ? "" : contentType.split(";")[0];
        if (status >= 400) {
            if (!type.equals("application/problem+json")) {
                return List.of("a failure of type '" + type + "': " + body);
            }
            return validate(document.get("components").get("schemas").get("Problem"), "Problem", body);
        }
        Optional<Endpoint> endpoint = find(method, path);
        if (endpoint.isEmpty()) {
            return List.of();
        }
        JsonNode response = resolve(endpoint.get().operation().get("responses").path(String.valueOf(status)));
        if (response.isMissingNode()) {
            return List.of(status + " is not in the contract of " + endpoint.get());
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("a body where the contract has none: " + body);
        }
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            return List.of("type '" + type + "' is not in the contract of " + endpoint.get());
        }
        List<String> violations = new ArrayList<>();
        response.path("headers").properties().forEach(header -> violations.addAll(List.of()));
        if (type.equals("application/json")) {
            violations.addAll(validate(media.get("schema"), endpoint.get() + " " + status, body));
        }
        return violations;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private List<String> validate(JsonNode schema, String name, String body) {
        Schema compiled = schemas.computeIfAbsent(name, key -> {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
            root.set("allOf", root.arrayNode().add(schema));
            root.set("components", document.get("components"));
            return registry.getSchema(root);
        });
        return compiled
                .validate(
                        body,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}

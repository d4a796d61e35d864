package io.vyra.modulemanager.zenoh.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documents have the fields that {@code openapi.yaml} lists, and no others: whoever reads REST can read these. */
class ContractTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID = "arm_" + "1".repeat(32);
    private static final ExitEvidence EXIT = new ExitEvidence(
            1, OptionalInt.of(3), OptionalInt.empty(), false, NOW, Duration.ofMillis(1200), List.of("bye"), "");
    private static final Problem PROBLEM =
            new Problem(ProblemType.INVALID_REQUEST, "Wrong.", List.of(new Problem.FieldError("/a", "is wrong")));

    private final Documents documents = new Documents();

    @Test
    void shouldWriteWhatTheContractSays() throws Exception {
        assertFits(documents.module(module()), "Module", "etag");
        assertFits(
                documents.explanation(new Explanation(
                        ID,
                        "running",
                        "It runs.",
                        List.of(new Explanation.Blocker(ID, "failed", "is needed")),
                        List.of(new TransitionView(ID, NOW, "starting", "running", "probe passed")),
                        Optional.of(NOW),
                        3,
                        List.of("nothing"))),
                "Explanation");
        assertFits(documents.transition(new TransitionView(ID, NOW, "a", "b", "c")), "Transition");
        assertFits(documents.keptVersion(new KeptVersion(ID, "1.0.0", 7, NOW, List.of("current"))), "KeptVersion");
        assertFits(
                documents.stats(new ModuleStats(
                        ID,
                        Optional.of(new ModuleProcess.Usage(1, 2, 3)),
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(4),
                        List.of(EXIT))),
                "Stats");
        assertFits(documents.logLine(new LogLine(NOW, "stdout", "hello")), "LogLine");
        assertFits(documents.operation(operation()), "Operation");
        assertFits(documents.problem(PROBLEM), "EmbeddedProblem");
    }

    private static ModuleView module() {
        return new ModuleView(
                ID,
                "arm",
                "1".repeat(32),
                Optional.of("a"),
                new Manifest.About("Arm", "d", "a", "e", Optional.empty(), Optional.of("i"), List.of("b"), true),
                List.of(new Manifest.Dependency("motor", VersionRange.parse("^1.2"), true)),
                Optional.of("1.0.0"),
                ModuleManager.DesiredState.RUNNING,
                Optional.of("1.0.0"),
                new ModuleView.State(
                        ModuleView.Phase.RUNNING, Optional.of("Active"), Optional.empty(), "healthy", NOW, "r"),
                new ModuleView.Runtime(
                        "process", Optional.of(1L), Optional.of(NOW), 0, Optional.of(EXIT), List.of("cpu")),
                Manifest.Permissions.DEFAULT,
                true,
                false,
                Optional.of(new ModuleView.AvailableUpdate("1.1.0", "demo")),
                Optional.empty(),
                Map.of("team", "arm"),
                "rev-1");
    }

    private static Operation operation() {
        return new Operation(
                "2".repeat(32),
                Operation.Kind.START,
                ID,
                new Operation.Origin("requested by anna", "anna", NOW),
                new Operation.Progress(
                        Operation.Status.FAILED,
                        List.of(Operation.StepProgress.pending("start", "Starting arm")),
                        Optional.of(NOW),
                        NOW,
                        Optional.of(NOW),
                        false,
                        Optional.of(PROBLEM)));
    }

    private static void assertFits(ObjectNode document, String schema, String... beside) throws Exception {
        JsonNode schemas = contract().at("/components/schemas");
        document.remove(List.of(beside));
        assertFits(document, schemas.path(schema), schemas, schema);
    }

    private static void assertFits(JsonNode value, JsonNode schema, JsonNode schemas, String place) {
        JsonNode resolved = resolved(value, schema, schemas);
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
                            value.path(field), resolved.path("properties").path(field), schemas, place + "/" + field));
        } else if (value.isArray()) {
            value.forEach(item -> assertFits(item, resolved.path("items"), schemas, place + "/0"));
        } else {
            assertThat(types(resolved)).as(place + " " + value).contains(type(value));
        }
        if (resolved.has("enum")) {
            assertThat(resolved.path("enum")).as(place).contains(value);
        }
    }

    private static JsonNode resolved(JsonNode value, JsonNode schema, JsonNode schemas) {
        JsonNode resolved = schema;
        while (resolved.has("$ref")) {
            resolved = schemas.path(resolved.path("$ref").asText().replaceFirst(".*/", ""));
        }
        return resolved.has("oneOf") && !value.isNull()
                ? resolved(value, resolved.path("oneOf").get(1), schemas)
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

    private static JsonNode contract() throws Exception {
        Path page = Path.of("../modulemanager-api/src/main/resources/META-INF/openapi/openapi.yaml");
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(page));
        return new ObjectMapper().valueToTree(yaml);
    }
}

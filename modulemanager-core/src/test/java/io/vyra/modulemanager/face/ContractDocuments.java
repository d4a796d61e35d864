package io.vyra.modulemanager.face;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.Explanation.Blocker;
import io.vyra.modulemanager.problem.Problem.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the documents of the REST contract, for every face that carries them. */
public final class ContractDocuments {
    private ContractDocuments() {}

    public static Told.Module module(JsonNode json) {
        return new Told.Module(
                text(json, "/id"),
                text(json, "/name"),
                text(json, "/instance_id"),
                text(json, "/alias"),
                text(json, "/display_name"),
                text(json, "/version"),
                text(json, "/desired/state"),
                text(json, "/desired/version"),
                text(json, "/state/phase"),
                text(json, "/state/health"),
                text(json, "/state/reason"),
                json.at("/primary").asBoolean(),
                json.at("/pinned").asBoolean(),
                text(json, "/update/version"),
                text(json, "/operation"));
    }

    /** What is null or absent in the contract is an empty text in the one form. */
    private static String text(JsonNode json, String pointer) {
        JsonNode value = json.at(pointer);
        return value.isTextual() ? value.textValue() : "";
    }

    public static <T> List<T> items(JsonNode list, Function<JsonNode, T> reading) {
        return list.valueStream().map(reading).toList();
    }

    public static Told.Explanation explanation(JsonNode json) {
        return new Told.Explanation(
                text(json, "/module_id"),
                text(json, "/phase"),
                text(json, "/summary"),
                items(
                        json.at("/blocked_by"),
                        it -> new Blocker(text(it, "/module_id"), text(it, "/phase"), text(it, "/reason"))),
                items(
                        json.at("/last_transitions"),
                        it -> new Told.Transition(text(it, "/from"), text(it, "/to"), text(it, "/cause"))),
                json.at("/next_retry").isTextual(),
                json.at("/restarts_left").asInt(),
                items(json.at("/unblock"), JsonNode::asText));
    }

    public static Told.Operation operation(JsonNode json) {
        return new Told.Operation(
                text(json, "/id"),
                text(json, "/module_id"),
                text(json, "/status"),
                json.at("/percent").asInt(),
                items(
                        json.at("/steps"),
                        it -> new Told.Step(
                                text(it, "/id"),
                                text(it, "/title"),
                                text(it, "/status"),
                                it.at("/percent").asInt(),
                                text(it, "/detail"))),
                json.at("/problem").isObject() ? Optional.of(problem(json.at("/problem"))) : Optional.empty());
    }

    public static Told.Problem problem(JsonNode json) {
        return new Told.Problem(
                text(json, "/type"),
                text(json, "/code"),
                text(json, "/title"),
                json.at("/status").asInt(),
                text(json, "/detail"),
                items(json.at("/errors"), it -> new FieldError(text(it, "/pointer"), text(it, "/detail"))));
    }
}

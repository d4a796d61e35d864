package io.vyra.modulemanager.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parameters of running modules, by the functions that every VYRA module has, and what was changed of them.
 *
 * <p>Thread-safe; changes of one module by several callers at a time may mix, as they may on the bus. What is replaced is durable before
 * it is replaced.
 */
public final class ModuleParameters {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ModuleBus bus;
    private final ParameterHistory history;
    private final InstantSource clock;
    private final ObjectMapper mapper = new ObjectMapper();

    public ModuleParameters(ModuleBus bus, ParameterHistory history, InstantSource clock) {
        this.bus = bus;
        this.history = history;
        this.clock = clock;
    }

    /** All parameters of a module as it tells them now. */
    public ObjectNode all(ModuleId module) {
        ObjectNode answer = bus.call(module, "read_all_params", JSON.objectNode(), TIMEOUT);
        return switch (answer.path("all_params_json")) {
            case ObjectNode values -> values;
            // Modules send it as JSON inside of JSON.
            case JsonNode text when text.isTextual() -> parsed(module, text.textValue());
            default -> throw unexpected(module, "its answer to read_all_params has no all_params_json");
        };
    }

    private ObjectNode parsed(ModuleId module, String text) {
        try {
            if (mapper.readTree(text) instanceof ObjectNode values) {
                return values;
            }
        } catch (JsonProcessingException e) {
            throw unexpected(module, "its all_params_json is no JSON: " + e.getOriginalMessage());
        }
        throw unexpected(module, "its all_params_json is no object");
    }

    /** One parameter, as the module answers. */
    public ObjectNode one(ModuleId module, String key) {
        return bus.call(module, "get_parameter", JSON.objectNode().put("key", key), TIMEOUT);
    }

    /**
     * Sets parameters one after the other. When one fails, those before it are set back.
     *
     * @param values new values by key, at least one
     * @return the change
     * @throws ProblemException whose errors name the key in {@code values} that the module refused, with the module's own words, when it
     *     is a refusal
     */
    public ParameterChange set(ModuleId module, ObjectNode values, String author) {
        ObjectNode all = all(module);
        ObjectNode before = JSON.objectNode();
        values.fieldNames().forEachRemaining(key -> {
            if (all.has(key)) {
                before.set(key, all.get(key));
            }
        });
        long id = history.record(module, clock.instant(), author, before, values);
        List<String> touched = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> value : values.properties()) {
                touched.add(value.getKey());
                setOne(module, value.getKey(), value.getValue());
            }
        } catch (ProblemException failure) {
            if (setBack(module, before.deepCopy().retain(touched), failure)) {
                history.withdraw(id);
            }
            throw failure;
        }
        return history.changes(module, 1).getFirst();
    }

    /** Whether the module has its old values again. One that had none keeps the new one: there is no function to remove it. */
    private boolean setBack(ModuleId module, ObjectNode before, ProblemException failure) {
        boolean isBack = true;
        for (Map.Entry<String, JsonNode> value : before.properties()) {
            try {
                setOne(module, value.getKey(), value.getValue());
            } catch (ProblemException second) {
                failure.addSuppressed(second);
                isBack = false;
            }
        }
        return isBack;
    }

    private void setOne(ModuleId module, String key, JsonNode value) {
        ObjectNode arguments = JSON.objectNode().put("key", key);
        arguments.set("value", value);
        ObjectNode answer;
        try {
            answer = bus.call(module, "set_parameter", arguments, TIMEOUT);
        } catch (ProblemException failure) {
            throw failure.type() == ProblemType.MODULE_ANSWERED_WITH_ERROR ? atKey(key, failure) : failure;
        }
        if (answer.path("success").isBoolean() && !answer.path("success").booleanValue()) {
            String why = sentence(answer.path("message").asText("it did not say why"));
            throw new ProblemException(
                    ProblemType.MODULE_ANSWERED_WITH_ERROR,
                    "Module " + module + " did not set its parameter '" + key + "': " + why,
                    List.of(Problem.FieldError.ofField(key, why)));
        }
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static ProblemException atKey(String key, ProblemException failure) {
        String detail = failure.problem().detail();
        return new ProblemException(
                new Problem(failure.type(), detail, List.of(Problem.FieldError.ofField(key, detail))), failure);
    }

    /** Changes that were made through the manager, newest first. */
    public List<ParameterChange> history(ModuleId module, int limit) {
        return history.changes(module, limit);
    }

    /**
     * Returns to the values from before a change, those of later changes included; the return is a change itself.
     *
     * @throws ProblemException {@code NOT_FOUND} when there is no such change
     */
    public ParameterChange restore(ModuleId module, long before, String author) {
        List<ParameterChange> undone = history.changes(module, ParameterHistory.KEPT).stream()
                .filter(change -> change.id() >= before)
                .toList();
        if (undone.isEmpty() || undone.getLast().id() != before) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "Module " + module + " has no change " + before
                            + " of its parameters. GET …/params/history lists those that are kept.");
        }
        ObjectNode values = JSON.objectNode();
        // Newest first, so that the oldest value of a key wins.
        undone.forEach(change -> values.setAll(change.before()));
        if (values.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Before change " + before + " the module had none of these parameters, and it cannot remove one.");
        }
        return set(module, values, author);
    }

    private static ProblemException unexpected(ModuleId module, String what) {
        return new ProblemException(
                ProblemType.MODULE_ANSWERED_WITH_ERROR, "Module " + module + " cannot be understood: " + what + ".");
    }
}

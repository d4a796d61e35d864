package io.vyra.modulemanager.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A module that only has parameters, and the bus to it. */
final class PaperModule implements ModuleBus {
    final Map<String, JsonNode> values = new TreeMap<>();
    final List<String> refused = new ArrayList<>();
    final List<String> set = new ArrayList<>();
    String allParameters = "";
    /** Whether it answers with an error to whatever it is to set. */
    boolean isBroken;

    @Override
    public ObjectNode call(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return switch (function) {
            case "read_all_params" -> answer.put("all_params_json", allParameters.isEmpty() ? text() : allParameters);
            case "get_parameter" ->
                answer.set("value", values.get(arguments.path("key").asText()));
            case "set_parameter" -> setParameter(arguments, answer);
            default -> throw new ProblemException(ProblemType.TIMED_OUT, "Nobody answers " + function + ".");
        };
    }

    private String text() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.setAll(values);
        return all.toString();
    }

    private ObjectNode setParameter(ObjectNode arguments, ObjectNode answer) {
        String key = arguments.path("key").asText();
        set.add(key + "=" + arguments.path("value"));
        if (isBroken) {
            throw new ProblemException(ProblemType.MODULE_ANSWERED_WITH_ERROR, "It has no motor.");
        }
        if (refused.contains(key)) {
            return answer.put("success", false).put("message", "out of range");
        }
        values.put(key, arguments.path("value"));
        return answer.put("success", true);
    }
}

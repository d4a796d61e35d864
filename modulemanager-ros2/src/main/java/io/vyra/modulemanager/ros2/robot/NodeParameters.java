package io.vyra.modulemanager.ros2.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.ros2.graph.ParameterType;
import io.vyra.ros2.idl.TypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads, describes and sets parameters of nodes as JSON; arrays of bytes are texts in Base64. Thread-safe. */
final class NodeParameters {
    private final NodeServices services;
    private final ObjectMapper mapper = new ObjectMapper();

    NodeParameters(NodeServices services) {
        this.services = services;
    }

    /** The values of all parameters that are set, by name. */
    Map<String, JsonNode> values(String node, Duration timeout) throws InterruptedException {
        Map<?, ?> listed = (Map<?, ?>) call(node, "list_parameters", "ListParameters", Map.of(), timeout)
                .get("result");
        List<String> names =
                ((List<?>) listed.get("names")).stream().map(String.class::cast).toList();
        List<Object> values = read(node, names, timeout);
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            if (typeOf(values.get(i)) != ParameterType.NOT_SET) {
                found.put(names.get(i), json(values.get(i)));
            }
        }
        return found;
    }

    /** One parameter with what is said about it. */
    ObjectNode describe(String node, String name, Duration timeout) throws InterruptedException {
        Object value = one(node, name, timeout);
        List<?> descriptors = (List<?>)
                call(node, "describe_parameters", "DescribeParameters", Map.of("names", List.of(name)), timeout)
                        .get("descriptors");
        ObjectNode answer = mapper.createObjectNode();
        answer.set("value", json(value));
        answer.put("type", typeOf(value).name().toLowerCase(Locale.ROOT));
        if (!descriptors.isEmpty()) {
            Map<?, ?> descriptor = (Map<?, ?>) descriptors.getFirst();
            answer.put("description", (String) descriptor.get("description"));
            answer.put("read_only", (Boolean) descriptor.get("read_only"));
            range(descriptor).ifPresent(range -> answer.set("range", range));
        }
        return answer;
    }

    private Optional<ObjectNode> range(Map<?, ?> descriptor) {
        List<Object> ranges = new ArrayList<>((List<?>) descriptor.get("floating_point_range"));
        ranges.addAll((List<?>) descriptor.get("integer_range"));
        return ranges.stream().findFirst().map(range -> (Map<?, ?>) range).map(this::ends);
    }

    private ObjectNode ends(Map<?, ?> range) {
        ObjectNode ends = mapper.createObjectNode();
        ends.set("from", mapper.valueToTree(range.get("from_value")));
        ends.set("to", mapper.valueToTree(range.get("to_value")));
        return ends;
    }

    /** Sets a parameter to a value of the type that it has; the result is why the node would not, or empty. */
    Optional<String> set(String node, String name, JsonNode value, Duration timeout) throws InterruptedException {
        ParameterType type = typeOf(one(node, name, timeout));
        Optional<Object> converted = convert(type, value);
        if (converted.isEmpty()) {
            return Optional.of(
                    name + " is of type " + type.name().toLowerCase(Locale.ROOT) + ", which " + value + " is not");
        }
        Map<String, Object> parameter = Map.of("name", name, "value", type.message(converted.get()));
        Map<?, ?> result = (Map<?, ?>) call(
                        node,
                        "set_parameters_atomically",
                        "SetParametersAtomically",
                        Map.of("parameters", List.of(parameter)),
                        timeout)
                .get("result");
        return (Boolean) result.get("successful") ? Optional.empty() : Optional.of((String) result.get("reason"));
    }

    private Object one(String node, String name, Duration timeout) throws InterruptedException {
        List<Object> values = read(node, List.of(name), timeout);
        if (values.isEmpty() || typeOf(values.getFirst()) == ParameterType.NOT_SET) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The node " + node + " has no parameter " + name + ".");
        }
        return values.getFirst();
    }

    private List<Object> read(String node, List<String> names, Duration timeout) throws InterruptedException {
        return List.copyOf((List<?>) call(node, "get_parameters", "GetParameters", Map.of("names", names), timeout)
                .get("values"));
    }

    private Map<String, Object> call(
            String node, String service, String type, Map<String, Object> request, Duration timeout)
            throws InterruptedException {
        return services.call(node, service, new TypeName("rcl_interfaces", TypeName.Kind.SRV, type), request, timeout)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.TIMED_OUT,
                        "The node " + node + " did not answer " + service + " within " + timeout.toSeconds() + " s."));
    }

    private static ParameterType typeOf(Object value) {
        return ParameterType.ofMessage((Map<?, ?>) value);
    }

    private JsonNode json(Object value) {
        return mapper.valueToTree(ParameterType.fromMessage((Map<?, ?>) value));
    }

    /** Empty when the JSON is no value of the type. */
    private Optional<Object> convert(ParameterType type, JsonNode value) {
        return switch (type) {
            case NOT_SET -> Optional.empty();
            case BOOL -> value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
            case INTEGER ->
                value.isIntegralNumber() && value.canConvertToLong()
                        ? Optional.of(value.longValue())
                        : Optional.empty();
            case DOUBLE -> value.isNumber() ? Optional.of(value.doubleValue()) : Optional.empty();
            case STRING -> value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
            case BYTE_ARRAY -> bytes(value);
            case BOOL_ARRAY -> list(value, item -> convert(ParameterType.BOOL, item));
            case INTEGER_ARRAY -> list(value, item -> convert(ParameterType.INTEGER, item));
            case DOUBLE_ARRAY -> list(value, item -> convert(ParameterType.DOUBLE, item));
            case STRING_ARRAY -> list(value, item -> convert(ParameterType.STRING, item));
        };
    }

    private static Optional<Object> bytes(JsonNode value) {
        try {
            return value.isTextual()
                    ? Optional.of(java.util.Base64.getDecoder().decode(value.textValue()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> list(JsonNode value, Function<JsonNode, Optional<Object>> convert) {
        List<Object> items = new ArrayList<>();
        for (JsonNode item : value) {
            convert.apply(item).ifPresent(items::add);
        }
        return value.isArray() && items.size() == value.size() ? Optional.of(items) : Optional.empty();
    }
}

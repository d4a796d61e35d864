package io.vyra.ros2.graph;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A node's parameters, with the six services by which others see and change them, and {@code /parameter_events}. Thread-safe.
 *
 * <p>A parameter keeps the type that it was declared with.
 */
public final class ParameterServer {
    private static final String PACKAGE = "rcl_interfaces";
    private static final char SEPARATOR = '.';

    private final RosNode node;
    private final Validator validator;
    private final Publisher events;
    private final SortedMap<String, Parameter> parameters = new TreeMap<>();

    /** It keeps its type: that of an empty list is not to be seen from the list. */
    private record Parameter(ParameterType type, Object value, ParameterDescriptor descriptor) {
        Parameter with(Object other) {
            return new Parameter(type, other, descriptor);
        }
    }

    /** Is asked before parameters change from outside, and told by that that they will. */
    @FunctionalInterface
    public interface Validator {
        /**
         * @param changes values by name, all of which will be set or none
         * @return why not; empty when they may be set
         */
        Optional<String> refuse(Map<String, Object> changes);
    }

    /** Starts to serve a node's parameters, of which there are none yet. */
    public ParameterServer(RosNode node, Validator validator) {
        this.node = node;
        this.validator = validator;
        this.events = node.createPublisher(
                "/parameter_events", TypeName.message(PACKAGE, "ParameterEvent"), Qos.DEFAULT.withDepth(1_000));
        serve(
                "get_parameters",
                "GetParameters",
                request -> Map.of("values", names(request).map(this::value).toList()));
        serve("get_parameter_types", "GetParameterTypes", this::types);
        serve(
                "describe_parameters",
                "DescribeParameters",
                request ->
                        Map.of("descriptors", names(request).map(this::describe).toList()));
        serve("list_parameters", "ListParameters", this::list);
        serve(
                "set_parameters",
                "SetParameters",
                request -> Map.of(
                        "results",
                        changes(request).stream()
                                .map(change -> set(List.of(change)))
                                .toList()));
        serve(
                "set_parameters_atomically",
                "SetParametersAtomically",
                request -> Map.of("result", set(changes(request))));
    }

    private void serve(String name, String type, ServiceServer.Handler handler) {
        node.createService("~/" + name, new TypeName(PACKAGE, TypeName.Kind.SRV, type), handler);
    }

    /**
     * Declares a parameter.
     *
     * @param value as {@link ParameterType#of} takes it
     */
    public synchronized void declare(String name, Object value, ParameterDescriptor descriptor) {
        if (parameters.putIfAbsent(name, new Parameter(ParameterType.of(value), value, descriptor)) != null) {
            throw new IllegalArgumentException("The parameter " + name + " is declared already");
        }
        publish("new_parameters", Map.of(name, value));
    }

    /** A parameter's value, when it is declared. */
    public synchronized Optional<Object> get(String name) {
        return Optional.ofNullable(parameters.get(name)).map(Parameter::value);
    }

    /** Sets a parameter by the node itself, read-only or not, without asking the validator. */
    public synchronized void set(String name, Object value) {
        Parameter parameter = parameters.get(name);
        if (parameter == null || !parameter.type().allows(value)) {
            throw new IllegalArgumentException("No parameter " + name + " holds " + value);
        }
        parameters.put(name, parameter.with(value));
        publish("changed_parameters", Map.of(name, value));
    }

    private static java.util.stream.Stream<String> names(Map<String, Object> request) {
        return ((List<?>) request.get("names")).stream().map(String.class::cast);
    }

    private static List<Map<?, ?>> changes(Map<String, Object> request) {
        List<Map<?, ?>> changes = new ArrayList<>();
        ((List<?>) request.get("parameters")).forEach(change -> changes.add((Map<?, ?>) change));
        return changes;
    }

    private synchronized Map<String, Object> value(String name) {
        Parameter parameter = parameters.get(name);
        return parameter == null ? Map.of() : parameter.type().message(parameter.value());
    }

    private synchronized Map<String, Object> types(Map<String, Object> request) {
        List<String> names = names(request).toList();
        byte[] types = new byte[names.size()];
        for (int i = 0; i < types.length; i++) {
            Parameter parameter = parameters.get(names.get(i));
            types[i] = (byte) (parameter == null ? ParameterType.NOT_SET : parameter.type()).ordinal();
        }
        return Map.of("types", types);
    }

    private synchronized Map<String, Object> describe(String name) {
        Parameter parameter = parameters.get(name);
        return parameter == null ? Map.of("name", name) : parameter.descriptor().toMessage(name, parameter.type());
    }

    /** A depth of 0 is any; 1 is the names without a dot beyond the prefix. */
    private synchronized Map<String, Object> list(Map<String, Object> request) {
        List<?> prefixes = (List<?>) request.get("prefixes");
        long depth = ((Number) request.get("depth")).longValue();
        List<String> found = new ArrayList<>();
        SortedSet<String> foundPrefixes = new TreeSet<>();
        for (String name : parameters.keySet()) {
            boolean isListed = prefixes.isEmpty()
                    ? isWithin(name, depth)
                    : prefixes.stream()
                            .anyMatch(prefix -> name.equals(prefix)
                                    || name.startsWith("" + prefix + SEPARATOR)
                                            && isWithin(name.substring(((String) prefix).length() + 1), depth));
            if (isListed) {
                found.add(name);
                int dot = name.lastIndexOf(SEPARATOR);
                if (dot > 0) {
                    foundPrefixes.add(name.substring(0, dot));
                }
            }
        }
        return Map.of("result", Map.of("names", found, "prefixes", List.copyOf(foundPrefixes)));
    }

    private static boolean isWithin(String name, long depth) {
        return depth <= 0 || name.chars().filter(c -> c == SEPARATOR).count() < depth;
    }

    /** Sets all or none. */
    private synchronized Map<String, Object> set(List<Map<?, ?>> changes) {
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            for (Map<?, ?> change : changes) {
                String name = (String) change.get("name");
                values.put(name, ParameterType.fromMessage((Map<?, ?>) change.get("value")));
                refusal(name, values.get(name)).ifPresent(reason -> {
                    throw new IllegalArgumentException(reason);
                });
            }
            validator.refuse(values).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
        } catch (IllegalArgumentException e) {
            return Map.of("successful", false, "reason", e.getMessage());
        }
        values.forEach((name, value) -> parameters.computeIfPresent(name, (_, old) -> old.with(value)));
        publish("changed_parameters", values);
        return Map.of("successful", true);
    }

    private Optional<String> refusal(String name, Object value) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            return Optional.of("There is no parameter " + name);
        }
        if (parameter.descriptor().isReadOnly()) {
            return Optional.of("The parameter " + name + " is read-only");
        }
        if (!parameter.type().allows(value)) {
            return Optional.of("The parameter " + name + " is of type " + parameter.type());
        }
        return parameter
                .descriptor()
                .range()
                .filter(range -> !range.allows(value))
                .map(range -> "The parameter " + name + " is " + range.from() + " to " + range.to() + ", not " + value);
    }

    private void publish(String kind, Map<String, Object> values) {
        Instant now = Instant.now();
        List<Map<String, Object>> changed = values.entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "name",
                        entry.getKey(),
                        "value",
                        parameters.get(entry.getKey()).type().message(entry.getValue())))
                .toList();
        events.publish(Map.of(
                "stamp",
                Map.of("sec", (int) now.getEpochSecond(), "nanosec", now.getNano()),
                "node",
                node.fullName(),
                kind,
                changed));
    }
}

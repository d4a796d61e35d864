package io.vyra.modulemanager.module;

import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The {@code probe} section of {@code module_runtime.yaml}; a key that another kind of probe has is unknown to this one. */
final class ProbeSection {
    private static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(15);
    private static final int MOST_NODES = 64;
    private static final int LONGEST_NODE = 255;
    private static final double MAX_AGE_SECONDS = 86_400;

    private ProbeSection() {}

    static Probe read(YamlSection section) {
        String kind = section.requiredText("kind").orElse("process");
        Probe probe = switch (kind) {
            case "process" -> new Probe.Alive();
            case "exec" -> new Probe.Exec(ModuleRuntimeFile.command(section));
            case "http" -> new Probe.Http(port(section), path(section));
            case "tcp" -> new Probe.Tcp(port(section));
            case "heartbeat" ->
                new Probe.Heartbeat(ModuleParamsFile.seconds(
                        section.number("max_age_seconds", 0.1, MAX_AGE_SECONDS), DEFAULT_MAX_AGE));
            case "zenoh" -> bus(section);
            case "ros2" -> nodes(section);
            default -> {
                section.value("kind")
                        .ifPresent(value -> value.refuse("one of process, exec, http, tcp, heartbeat, zenoh, ros2"));
                // One error is enough: which keys belong to an unknown kind cannot be told.
                section.ignore(
                        "command", "port", "path", "max_age_seconds", "queryable", "token", "nodes", "lifecycle_nodes");
                yield new Probe.Alive();
            }
        };
        section.refuseUnknownKeys();
        return probe;
    }

    /** Exactly one of three; {@code Alive} only when the findings hold an error. */
    private static Probe bus(YamlSection section) {
        Optional<Probe> function = busKey(section, "queryable").map(Probe.BusFunction::new);
        Optional<Probe> token = busKey(section, "token").map(Probe.BusToken::new);
        OptionalDouble age = section.number("max_age_seconds", 0.1, MAX_AGE_SECONDS);
        long named = Stream.of("queryable", "token", "max_age_seconds")
                .filter(key -> section.value(key).isPresent())
                .count();
        if (named != 1) {
            section.error("must have exactly one of queryable, token and max_age_seconds but has " + named);
        }
        return function.or(() -> token)
                .orElseGet(() -> age.isPresent()
                        ? new Probe.BusHeartbeat(ModuleParamsFile.seconds(age, DEFAULT_MAX_AGE))
                        : new Probe.Alive());
    }

    /** At least one node of either kind. */
    private static Probe nodes(YamlSection section) {
        List<String> plain = nodeNames(section, "nodes");
        List<String> lifecycle = nodeNames(section, "lifecycle_nodes");
        if (section.value("nodes").isEmpty() && section.value("lifecycle_nodes").isEmpty()) {
            section.error("must have nodes or lifecycle_nodes, lists of full names such as [/arm/driver]");
        }
        return new Probe.RosNodes(plain, lifecycle);
    }

    private static List<String> nodeNames(YamlSection section, String key) {
        Optional<YamlValue> value = section.value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isList()
                || value.get().items().isEmpty()
                || value.get().items().size() > MOST_NODES) {
            value.get().refuse("a list of 1 to " + MOST_NODES + " full names of nodes such as [/arm/driver]");
            return List.of();
        }
        List<String> names = value.get().texts();
        for (String name : names) {
            if (!name.matches("(/[A-Za-z_][A-Za-z0-9_]*)+") || name.length() > LONGEST_NODE) {
                value.get().refuse("full names of nodes such as [/arm/driver], and " + name + " is none");
            }
        }
        return names;
    }

    private static Optional<String> busKey(YamlSection section, String key) {
        Optional<String> text = section.text(key);
        if (text.isPresent() && !text.get().matches("[A-Za-z0-9_]+(/[A-Za-z0-9_]+){0,7}")) {
            section.value(key)
                    .ifPresent(
                            value -> value.refuse(
                                    "1 to 8 segments of letters, digits and _ with / between them, below the module's own key"));
            return Optional.empty();
        }
        return text;
    }

    private static int port(YamlSection section) {
        OptionalLong port = section.wholeNumber("port", 1, 65_535);
        if (section.value("port").isEmpty()) {
            section.error("must have a port, a whole number between 1 and 65535");
        }
        return (int) port.orElse(1);
    }

    private static String path(YamlSection section) {
        Optional<String> path = section.text("path");
        if (path.isPresent() && !path.get().matches("/[!-~]*")) {
            section.value("path").ifPresent(value -> value.refuse("a path that starts with / and has no blanks"));
        }
        return path.orElse("/");
    }
}

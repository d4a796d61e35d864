package io.vyra.modulemanager.module;

import io.vyra.modulemanager.yaml.YamlSection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The {@code probe} section of {@code module_runtime.yaml}; a key that another kind of probe has is unknown to this one. */
final class ProbeSection {
    private static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(15);
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
            default -> {
                section.value("kind").ifPresent(value -> value.refuse("one of process, exec, http, tcp, heartbeat"));
                // One error is enough: which keys belong to an unknown kind cannot be told.
                section.ignore("command", "port", "path", "max_age_seconds");
                yield new Probe.Alive();
            }
        };
        section.refuseUnknownKeys();
        return probe;
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

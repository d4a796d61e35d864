package io.vyra.modulemanager.container.engine;

import io.vyra.modulemanager.container.settings.ContainerSettings.PublishedPort;
import java.util.List;
import java.util.Optional;

/** Finds out that a container was not started because somebody else has its port: engines say so each in its own words. */
public final class PortConflict {
    private static final List<String> WORDS = List.of("address already in use", "port is already allocated");

    private PortConflict() {}

    /** The failure in words of its own when it is a port that was taken; the same failure otherwise. */
    public static EngineException explain(EngineException failure, List<PublishedPort> ports) {
        String words = String.valueOf(failure.getMessage());
        if (WORDS.stream().noneMatch(words::contains)) {
            return failure;
        }
        Optional<PublishedPort> taken = ports.stream()
                .filter(port -> words.matches("(?s).*:" + port.number() + "(\\D.*)?"))
                .findFirst();
        return new EngineException(
                failure.reason(),
                taken.map(PortConflict::named).orElse("one of its ports")
                        + " is already in use on this machine. Stop what"
                        + " has it, or let the module publish another one (ports of module_runtime.yaml). The engine says: "
                        + words,
                failure);
    }

    private static String named(PublishedPort port) {
        return "port " + port.number() + (port.isUdp() ? "/udp" : "/tcp") + " of " + port.address();
    }
}

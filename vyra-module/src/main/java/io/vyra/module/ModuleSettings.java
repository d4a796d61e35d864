package io.vyra.module;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.transport.Credentials;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a module must know before it can start.
 *
 * @param endpoints routers to try, in this order
 * @param storage folder that outlives restarts and updates; parameters are kept in it
 * @param credentials for routers that ask who comes
 */
public record ModuleSettings(
        ModuleIdentity identity, List<Endpoint> endpoints, Path storage, Optional<Credentials> credentials) {
    /** Where VYRA modules look for their router when nothing else is said. */
    static final String USUAL_ENDPOINT = "tcp/zenoh-router:7447";

    public ModuleSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("A module needs the address of a router, such as " + USUAL_ENDPOINT);
        }
    }

    /**
     * Reads {@code MODULE_ID}, {@code MODULE_STORAGE} ({@code storage} when absent), {@code ZENOH_CONNECT} (comma-separated) and
     * {@code MM_BUS_PASSWORD}, with which the module proves to a router who it is; it is never sent.
     *
     * @throws IllegalArgumentException when one is missing or wrong; the message names it
     */
    public static ModuleSettings fromEnvironment(Map<String, String> environment) {
        String id = environment.get("MODULE_ID");
        if (id == null) {
            throw new IllegalArgumentException(
                    "MODULE_ID is not set. Whoever starts the module must set it to {name}_{32 hexadecimal digits}.");
        }
        ModuleIdentity identity = named("MODULE_ID", () -> ModuleIdentity.parse(id));
        String connect = environment.getOrDefault("ZENOH_CONNECT", "");
        List<Endpoint> endpoints = named(
                "ZENOH_CONNECT",
                () -> Arrays.stream((connect.isBlank() ? USUAL_ENDPOINT : connect).split(","))
                        .map(String::strip)
                        .map(Endpoint::parse)
                        .toList());
        return new ModuleSettings(
                identity,
                endpoints,
                Path.of(environment.getOrDefault("MODULE_STORAGE", "storage")),
                Optional.ofNullable(environment.get("MM_BUS_PASSWORD"))
                        .map(password -> new Credentials(id, password).whereAsked()));
    }

    private static <T> T named(String variable, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
        }
    }
}

package io.vyra.modulemanager.benchmark.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.module.ModuleIdentity;
import io.vyra.module.ModuleSettings;
import io.vyra.module.VyraModule;
import io.vyra.modulemanager.benchmark.Rest;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Modules that run and are on the bus, and have nothing to do: a process of each sleeps under the manager, and what it would say on the bus
 * is said from here, by the library that Java modules use.
 */
final class IdleFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final List<VyraModule> voices = new ArrayList<>();

    private IdleFleet() {}

    /** Starts all of them, and returns once the manager says that they run and are connected. */
    static IdleFleet start(InstalledModules installed, ApiClient api, int busPort, Path storage)
            throws IOException, InterruptedException {
        IdleFleet fleet = new IdleFleet();
        try {
            for (String module : installed.modules()) {
                api.command(module, "start");
                fleet.voices.add(VyraModule.with(new ModuleSettings(
                                ModuleIdentity.parse(module),
                                List.of(new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", busPort)),
                                storage.resolve(module),
                                Optional.empty()))
                        .start());
            }
            int count = installed.modules().size();
            await(
                    api,
                    "modules?state=running&limit=500",
                    answer -> answer.path("items").size() == count);
            await(api, "bus", answer -> answer.path("faces").size() == count);
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private static void await(ApiClient api, String path, Predicate<JsonNode> isThere)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode answer = api.get(path);
        while (!isThere.test(answer)) {
            if (System.nanoTime() > end) {
                throw new IOException("The modules are not there after " + PATIENCE + "; " + path + " says " + answer);
            }
            Rest.of(LOOK_AGAIN);
            answer = api.get(path);
        }
    }

    @Override
    public void close() {
        voices.forEach(VyraModule::close);
    }
}

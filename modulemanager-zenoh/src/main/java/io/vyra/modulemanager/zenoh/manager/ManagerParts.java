package io.vyra.modulemanager.zenoh.manager;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import java.time.InstantSource;
import java.util.Map;

/** Makes the parts of the manager as a module. */
public record ManagerParts(ManagerModule module, ManagerFeeds feeds) {

    /** @param parameters what the manager is configured with, as far as anybody may know it */
    public static ManagerParts of(
            ModuleManager manager,
            ManagerLog log,
            FeedHub hub,
            Map<String, String> parameters,
            JsonPayloads payloads,
            Refusals refusals,
            InstantSource clock) {
        ManagerState state = new ManagerState(manager);
        ManagerFunctions functions = new ManagerFunctions(manager, state, log, parameters, payloads, clock);
        return new ManagerParts(
                new ManagerModule(manager.self(), functions.all(), payloads, refusals),
                new ManagerFeeds(manager.self(), state, log, hub, payloads, clock));
    }
}

package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.zenoh.bus.ModuleKeys;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.router.AccessRules;
import io.vyra.zenoh.router.Action;
import io.vyra.zenoh.router.FaceId;
import io.vyra.zenoh.router.FaceIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers of a router's faces whose module each is, and since when it is there. Decides nothing: it stands before the rules that do.
 * Thread-safe.
 */
final class FaceLedger implements AccessRules {
    /** @param module under whose id it declared or published first */
    record Entry(Instant since, Optional<ModuleId> module) {}

    private final AccessRules rules;
    private final InstantSource clock;
    private final Map<FaceId, Entry> entries = new ConcurrentHashMap<>();

    FaceLedger(AccessRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public boolean allows(FaceIdentity face, FaceId id, Action action, KeyExpression key) {
        boolean isAllowed = rules.allows(face, id, action, key);
        if (isAllowed && action != Action.DECLARE_SUBSCRIBER && action != Action.QUERY) {
            // A face that has left is not noted again.
            entries.computeIfPresent(
                    id,
                    (_, entry) ->
                            entry.module().isPresent() ? entry : new Entry(entry.since(), ModuleKeys.moduleOf(key)));
        }
        return isAllowed;
    }

    @Override
    public void joined(FaceIdentity face, FaceId id) {
        entries.put(id, new Entry(clock.instant(), Optional.empty()));
        rules.joined(face, id);
    }

    @Override
    public void left(FaceId id) {
        rules.left(id);
        entries.remove(id);
    }

    Map<FaceId, Entry> entries() {
        return Map.copyOf(entries);
    }
}

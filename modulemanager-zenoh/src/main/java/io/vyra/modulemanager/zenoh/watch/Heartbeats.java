package io.vyra.modulemanager.zenoh.watch;

import io.vyra.modulemanager.module.ModuleId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** When each module was last heard of on one of its feeds. By a clock that nobody sets. Thread-safe. */
public final class Heartbeats {
    private final LongSupplier nanoTime;
    private final Map<ModuleId, Long> heardAt = new ConcurrentHashMap<>();

    /** @param nanoTime as {@link System#nanoTime} */
    public Heartbeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @return whether the module was not heard of before */
    boolean heard(ModuleId module) {
        return heardAt.put(module, nanoTime.getAsLong()) == null;
    }

    /** How long ago; empty when it was never heard of, or was forgotten. */
    public Optional<Duration> age(ModuleId module) {
        return Optional.ofNullable(heardAt.get(module)).map(at -> Duration.ofNanos(nanoTime.getAsLong() - at));
    }

    List<ModuleId> olderThan(Duration limit) {
        long now = nanoTime.getAsLong();
        return heardAt.entrySet().stream()
                .filter(entry -> now - entry.getValue() > limit.toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }

    void forget(ModuleId module) {
        heardAt.remove(module);
    }
}

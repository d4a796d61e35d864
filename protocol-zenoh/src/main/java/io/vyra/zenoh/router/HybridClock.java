package io.vyra.zenoh.router;

import io.vyra.zenoh.message.Timestamp;
import io.vyra.zenoh.message.ZenohId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A hybrid logical clock: as the calendar, but no two times are alike and none is before one that was given. Thread-safe. */
final class HybridClock {
    private final InstantSource source;
    private final ZenohId id;
    private final AtomicLong last = new AtomicLong();

    HybridClock(InstantSource source, ZenohId id) {
        this.source = source;
        this.id = id;
    }

    Timestamp now() {
        Instant instant = source.instant();
        long now = instant.getEpochSecond() << 32 | ((long) instant.getNano() << 32) / 1_000_000_000;
        return new Timestamp(last.updateAndGet(before -> Long.compareUnsigned(now, before) > 0 ? now : before + 1), id);
    }
}

package io.vyra.modulemanager.zenoh.payload;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Counts what came over the bus and was not taken, and tells of it at most once a minute: whoever sends nonsense must not fill the log.
 *
 * <p>Thread-safe.
 */
public final class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final long QUIET_MILLIS = Duration.ofMinutes(1).toMillis();

    private final InstantSource clock;
    private final AtomicLong count = new AtomicLong();
    private long toldCount;
    private long toldAt;
    private boolean wasTold;

    public Refusals(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param key where it came in
     * @param why in words
     */
    public void add(String key, String why) {
        long now = count.incrementAndGet();
        long since = takeTurn(now);
        if (since > 0) {
            LOG.warnf("Messages refused count=%d last_key=%s last_cause=%s", since, shortened(key), why);
        }
    }

    /** How many are told of now; 0 when the minute is not over. */
    private synchronized long takeTurn(long now) {
        long millis = clock.millis();
        // The wall clock may be set back.
        boolean isQuiet = wasTold && millis >= toldAt && millis - toldAt < QUIET_MILLIS;
        if (isQuiet) {
            return 0;
        }
        long since = now - toldCount;
        wasTold = true;
        toldAt = millis;
        toldCount = now;
        return since;
    }

    private static String shortened(String key) {
        return key.length() <= 200 ? key : key.substring(0, 200) + "…";
    }

    /** How many there were. */
    public long count() {
        return count.get();
    }

    /** How many of them the log told of so far. */
    synchronized long told() {
        return toldCount;
    }
}

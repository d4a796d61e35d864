package io.vyra.modulemanager.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Measures how long a module was wanted and how much of that it ran. Thread-safe. */
public final class AvailabilityMeter {
    private final InstantSource clock;
    private Instant last;
    private boolean wanted;
    private boolean running;
    private Duration wantedFor = Duration.ZERO;
    private Duration ranFor = Duration.ZERO;

    AvailabilityMeter(InstantSource clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    synchronized void note(boolean isWanted, boolean isRunning) {
        count();
        wanted = isWanted;
        running = isRunning;
    }

    private void count() {
        Instant now = clock.instant();
        Duration passed = Duration.between(last, now);
        // A clock set back must not take availability away.
        if (wanted && !passed.isNegative()) {
            wantedFor = wantedFor.plus(passed);
            if (running) {
                ranFor = ranFor.plus(passed);
            }
        }
        last = now;
    }

    /**
     * @param wanted  time the module was desired to run
     * @param running part of it in which it ran
     */
    public record Reading(Duration wanted, Duration running) {}

    public synchronized Reading read() {
        count();
        return new Reading(wantedFor, ranFor);
    }
}

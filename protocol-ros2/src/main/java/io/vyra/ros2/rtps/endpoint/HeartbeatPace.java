package io.vyra.ros2.rtps.endpoint;

/**
 * When a writer sends its next heartbeats: soon after something happened, then less and less often until everything is acknowledged. DDSI-RTPS 2.5
 * §8.4.2.2 requires them to be periodic and leaves the period to the writer. For one thread at a time; times are those of {@link Environment#now}.
 */
final class HeartbeatPace {
    /** Until the first, in nanoseconds. */
    private static final long SOON = 10_000_000;

    /** While a reader answers and neither has nor asks for more. */
    private static final long OFTEN = 40_000_000;

    /** From here on, a reader that does not answer is more likely gone than unlucky; asking it becomes rarer more slowly, in case it is not. */
    private static final long SILENT = 160_000_000;

    private static final long RARELY = 1_000_000_000;

    private final Environment environment;
    private long interval = SOON;
    private long at = Long.MAX_VALUE;

    HeartbeatPace(Environment environment) {
        this.environment = environment;
    }

    /** When the next are due; never when nobody is to be asked. */
    long at() {
        return at;
    }

    /** There is something new to be asked for, or something that was lost may be lost again. */
    void soon() {
        interval = SOON;
        by(environment.now() + interval);
    }

    /** A reader answered without any news. */
    void often() {
        interval = Math.min(interval, OFTEN);
        by(environment.now() + interval);
    }

    private void by(long time) {
        if (time < at) {
            at = time;
            environment.wakeAt(time);
        }
    }

    /**
     * They were sent.
     *
     * @param isOpen whether anybody was asked and has not answered yet
     */
    void sent(long now, boolean isOpen) {
        interval = Math.min(interval < SILENT ? interval * 2 : interval + interval / 4, RARELY);
        at = isOpen ? now + interval : Long.MAX_VALUE;
    }
}

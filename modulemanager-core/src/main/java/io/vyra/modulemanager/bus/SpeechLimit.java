package io.vyra.modulemanager.bus;

/** How much one module may say: a bucket that holds {@value #BURST} entries and gets {@value #PER_SECOND} a second. Thread-safe. */
final class SpeechLimit {
    static final int PER_SECOND = 20;
    static final int BURST = 200;

    private double left = BURST;
    private long seen = Long.MIN_VALUE;

    /** Whether one more entry may be said now. */
    synchronized boolean take(long millis) {
        if (seen != Long.MIN_VALUE) {
            // The wall clock may be set back.
            left = Math.min(BURST, left + Math.max(0, millis - seen) * PER_SECOND / 1_000.0);
        }
        seen = millis;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}

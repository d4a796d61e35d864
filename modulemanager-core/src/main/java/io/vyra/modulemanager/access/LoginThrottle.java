package io.vyra.modulemanager.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Slows down guessing of passwords, per user and per address.
 *
 * <p>After {@value #USER_FAILURES} failures in a row for a user, or {@value #ADDRESS_FAILURES} from an address, every further failure
 * doubles a lock from {@link #FIRST_LOCK} up to {@link #LONGEST_LOCK}. A success clears the user, not the address: whoever owns one
 * account must not use it to go on guessing others. Failures are forgotten {@link #MEMORY} after the last one.
 *
 * <p>Thread-safe. Memory is bounded: of at most {@value #MAX_ENTRIES} names and addresses the one longest without a failure is
 * forgotten.
 */
final class LoginThrottle {
    static final int USER_FAILURES = 5;
    static final int ADDRESS_FAILURES = 20;
    static final int MAX_ENTRIES = 4_096;
    static final Duration FIRST_LOCK = Duration.ofSeconds(5);
    static final Duration LONGEST_LOCK = Duration.ofMinutes(15);
    static final Duration MEMORY = Duration.ofHours(1);

    private final InstantSource clock;
    private final LinkedHashMap<String, Failures> failures = new LinkedHashMap<>();

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last, Instant lockedUntil) {}

    /** How long this user or address has to wait; empty when it may try now. */
    synchronized Optional<Duration> lockedFor(String username, String address) {
        Instant now = clock.instant();
        Instant until = max(lockedUntil(userKey(username)), lockedUntil(addressKey(address)));
        return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    synchronized void failed(String username, String address) {
        count(userKey(username), USER_FAILURES);
        count(addressKey(address), ADDRESS_FAILURES);
    }

    /** Clears the user and takes back the one failure of the address that the successful attempt was counted as. */
    synchronized void succeeded(String username, String address) {
        failures.remove(userKey(username));
        failures.computeIfPresent(
                addressKey(address),
                (key, before) ->
                        before.count() == 1 ? null : new Failures(before.count() - 1, before.last(), clock.instant()));
    }

    private void count(String key, int allowed) {
        Instant now = clock.instant();
        // Removed and put again, so that the map's order is that of the last failure.
        Failures before = failures.remove(key);
        boolean fresh = before == null || before.last().plus(MEMORY).isBefore(now);
        int count = fresh ? 1 : before.count() + 1;
        failures.put(key, new Failures(count, now, now.plus(lockAfter(count, allowed))));
        if (failures.size() > MAX_ENTRIES) {
            failures.pollFirstEntry();
        }
    }

    private static Duration lockAfter(int count, int allowed) {
        if (count < allowed) {
            return Duration.ZERO;
        }
        int doublings = Math.min(count - allowed, 16);
        Duration lock = FIRST_LOCK.multipliedBy(1L << doublings);
        return lock.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : lock;
    }

    private Instant lockedUntil(String key) {
        Failures found = failures.get(key);
        return found == null ? Instant.MIN : found.lockedUntil();
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static String userKey(String username) {
        return "user " + username.substring(0, Math.min(username.length(), 64));
    }

    private static String addressKey(String address) {
        return "address " + address;
    }
}

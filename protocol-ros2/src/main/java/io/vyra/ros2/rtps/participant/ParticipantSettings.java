package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.time.Duration;

/**
 * How a participant is.
 *
 * @param name what others see, for people
 * @param userData what others see, for programs
 * @param lease after how long without a sign of it others take this participant for gone; it announces itself four times as often
 * @param mostParticipants how many others it takes note of
 * @param mostEndpoints how many endpoints of each other participant it takes note of
 * @param memory how many bytes of incomplete and early samples it keeps for each other participant, and an eighth of that for what it says of
 *     its endpoints
 * @param largestSample in bytes; larger ones are left out
 */
public record ParticipantSettings(
        DiscoverySettings discovery,
        String name,
        String userData,
        Duration lease,
        int mostParticipants,
        int mostEndpoints,
        long memory,
        int largestSample) {
    static final int DESCRIPTIONS_SHARE = 8;

    public ParticipantSettings {
        if (lease.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("A lease is at least 100 ms, not " + lease);
        }
    }

    /** With room for a robot of 250 participants. */
    public static ParticipantSettings of(DiscoverySettings discovery, String name, String userData) {
        return new ParticipantSettings(
                discovery, name, userData, Duration.ofSeconds(20), 250, 2_000, 64L << 20, 16 << 20);
    }

    public ParticipantSettings withLease(Duration value) {
        return new ParticipantSettings(
                discovery, name, userData, value, mostParticipants, mostEndpoints, memory, largestSample);
    }
}

package io.vyra.ros2.rtps.transport;

/** Which ports a domain has (DDSI-RTPS 2.5 §9.6.1.1). */
public final class Ports {
    /** The largest domain whose ports all are below 65536. */
    public static final int LARGEST_DOMAIN = 232;

    /** The largest number that a participant may have on a machine without reaching into the next domain's ports. */
    public static final int LARGEST_PARTICIPANT = 119;

    private static final int BASE = 7400;
    private static final int DOMAIN_GAIN = 250;
    private static final int PARTICIPANT_GAIN = 2;
    private static final int UNICAST = 10;

    private Ports() {}

    /** Where participants announce themselves to the group. */
    public static int discoveryMulticast(int domain) {
        return BASE + DOMAIN_GAIN * domain;
    }

    /** Where a participant is told of others. */
    public static int discoveryUnicast(int domain, int participant) {
        return BASE + DOMAIN_GAIN * domain + UNICAST + PARTICIPANT_GAIN * participant;
    }
}

package io.vyra.ros2.rtps.discovery;

import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.message.Vendor;
import java.time.Duration;
import java.util.List;

/**
 * What a participant tells about itself.
 *
 * @param builtInEndpoints bits of {@link #ALL_ENDPOINTS}
 * @param metatraffic where its built-in endpoints are reached
 * @param defaultLocators where its other endpoints are reached, unless they say otherwise
 * @param lease after how long without a sign of it, it is gone
 * @param userData as it is; in ROS 2 {@code enclave=…;}
 */
public record ParticipantDescription(
        GuidPrefix prefix,
        Vendor vendor,
        int version,
        int builtInEndpoints,
        List<Locator> metatraffic,
        List<Locator> defaultLocators,
        Duration lease,
        String name,
        String userData) {
    /** Announcers and detectors of participants, publications and subscriptions, and liveliness both ways. */
    public static final int ALL_ENDPOINTS = 0xc3f;

    public static final int PUBLICATIONS_WRITER = 1 << 2;
    public static final int PUBLICATIONS_READER = 1 << 3;
    public static final int SUBSCRIPTIONS_WRITER = 1 << 4;
    public static final int SUBSCRIPTIONS_READER = 1 << 5;
    public static final int LIVELINESS_WRITER = 1 << 10;
    public static final int LIVELINESS_READER = 1 << 11;

    public ParticipantDescription {
        metatraffic = List.copyOf(metatraffic);
        defaultLocators = List.copyOf(defaultLocators);
    }

    /** The same participant, reached elsewhere. */
    public ParticipantDescription at(List<Locator> locators) {
        return new ParticipantDescription(
                prefix, vendor, version, builtInEndpoints, locators, locators, lease, name, userData);
    }

    public boolean has(int endpoint) {
        return (builtInEndpoints & endpoint) != 0;
    }
}

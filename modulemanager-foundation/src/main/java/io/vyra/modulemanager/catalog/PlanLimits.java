package io.vyra.modulemanager.catalog;

import java.time.Duration;

/**
 * How a plan estimates what it cannot know before the packages are here.
 *
 * @param unpackFactor  unpacked over packed bytes, at least 1
 * @param reserveBytes  left free on the disk whatever happens
 * @param downtimeEach  for one running module that is updated: stop, switch, start, first probe
 */
public record PlanLimits(int unpackFactor, long reserveBytes, Duration downtimeEach) {
    public static final PlanLimits DEFAULT = new PlanLimits(4, 64L << 20, Duration.ofSeconds(5));

    public PlanLimits {
        if (unpackFactor < 1 || reserveBytes < 0 || downtimeEach.isNegative()) {
            throw new IllegalArgumentException("a plan's limits must not be negative but are " + unpackFactor + ", "
                    + reserveBytes + " and " + downtimeEach);
        }
    }
}

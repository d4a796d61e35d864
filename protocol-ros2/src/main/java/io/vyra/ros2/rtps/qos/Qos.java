package io.vyra.ros2.rtps.qos;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The quality of service of a writer or a reader. Immutable; start at {@link #DEFAULT} and change what differs. Deadline, latency budget and
 * partitions are announced and compared, lifespan is announced, no more.
 *
 * @param depth how many samples are kept; 0 keeps all, up to the resource limits
 * @param limits how many samples are kept at most; own endpoints that keep all must have a limit
 * @param lease how long a writer is alive without a sign of it; {@link #INFINITE} for ever
 */
public record Qos(
        Reliability reliability,
        Durability durability,
        int depth,
        ResourceLimits limits,
        Duration deadline,
        Duration lifespan,
        Duration latencyBudget,
        Liveliness liveliness,
        Duration lease,
        Ownership ownership,
        DestinationOrder destinationOrder,
        Presentation presentation,
        Set<String> partitions,
        List<Integer> representations) {
    /** No limit in time. */
    public static final Duration INFINITE = Duration.ofSeconds(Integer.MAX_VALUE);

    /** The first version of CDR, the only one that ROS 2 uses. */
    public static final int XCDR1 = 0;

    /** How many samples are kept unless told otherwise, as in ROS 2. */
    public static final int DEFAULT_DEPTH = 10;

    /** Reliable, volatile, the last ten: the default of ROS 2. */
    public static final Qos DEFAULT = new Qos(
            Reliability.RELIABLE,
            Durability.VOLATILE,
            DEFAULT_DEPTH,
            ResourceLimits.DEFAULT,
            INFINITE,
            INFINITE,
            Duration.ZERO,
            Liveliness.AUTOMATIC,
            INFINITE,
            Ownership.SHARED,
            DestinationOrder.BY_RECEPTION,
            Presentation.DEFAULT,
            Set.of(),
            List.of(XCDR1));

    /** The values are those of the wire. */
    public enum Reliability {
        BEST_EFFORT,
        RELIABLE
    }

    /** From weak to strong. */
    public enum Durability {
        VOLATILE,
        TRANSIENT_LOCAL,
        TRANSIENT,
        PERSISTENT
    }

    /** From weak to strong. */
    public enum Liveliness {
        AUTOMATIC,
        MANUAL_BY_PARTICIPANT,
        MANUAL_BY_TOPIC
    }

    /** Whether several writers may write the same. */
    public enum Ownership {
        SHARED,
        EXCLUSIVE
    }

    /** From weak to strong. */
    public enum DestinationOrder {
        BY_RECEPTION,
        BY_SOURCE
    }

    /**
     * How samples of several writers belong together.
     *
     * @param scope 0 instance, 1 topic, 2 group
     */
    public record Presentation(int scope, boolean isCoherent, boolean isOrdered) {
        public static final Presentation DEFAULT = new Presentation(0, false, false);
    }

    public Qos {
        if (depth < 0) {
            throw new IllegalArgumentException("A depth is at least 1, or 0 for all samples, not " + depth);
        }
        partitions = Set.copyOf(partitions);
        representations = representations.isEmpty() ? List.of(XCDR1) : List.copyOf(representations);
    }

    /** How many samples are kept; {@link Integer#MAX_VALUE} when nothing limits them. */
    public int most() {
        return depth == 0 ? limits.most() : depth;
    }

    /**
     * The same, when a writer or a reader of this library can have it.
     *
     * @throws IllegalArgumentException when it would have to keep samples without a limit, or more than it says it keeps
     */
    public Qos possible() {
        if (most() == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "All samples are to be kept, and nothing limits them. Give the quality of service limits, as in"
                            + " Qos.DEFAULT.keepAll()");
        }
        if (depth > limits.most()) {
            throw new IllegalArgumentException("The last " + depth + " samples are to be kept, but the limits allow "
                    + limits.most() + ". Raise the limits, or keep fewer");
        }
        return this;
    }

    public boolean isReliable() {
        return reliability == Reliability.RELIABLE;
    }

    /** Whether late readers get what was written before. */
    public boolean isTransientLocal() {
        return durability != Durability.VOLATILE;
    }

    public Qos withReliability(Reliability value) {
        return copy(value, durability, depth, limits, liveliness, lease, deadline, lifespan);
    }

    public Qos bestEffort() {
        return withReliability(Reliability.BEST_EFFORT);
    }

    public Qos withDurability(Durability value) {
        return copy(reliability, value, depth, limits, liveliness, lease, deadline, lifespan);
    }

    public Qos transientLocal() {
        return withDurability(Durability.TRANSIENT_LOCAL);
    }

    /** With so many samples, for which the limits are raised when they are lower. */
    public Qos withDepth(int value) {
        return copy(reliability, durability, value, limits.atLeast(value), liveliness, lease, deadline, lifespan);
    }

    public Qos keepAll() {
        return withDepth(0);
    }

    public Qos withLimits(ResourceLimits value) {
        return copy(reliability, durability, depth, value, liveliness, lease, deadline, lifespan);
    }

    public Qos withLiveliness(Liveliness value, Duration leaseDuration) {
        return copy(reliability, durability, depth, limits, value, leaseDuration, deadline, lifespan);
    }

    public Qos withDeadline(Duration value) {
        return copy(reliability, durability, depth, limits, liveliness, lease, value, lifespan);
    }

    public Qos withLifespan(Duration value) {
        return copy(reliability, durability, depth, limits, liveliness, lease, deadline, value);
    }

    private Qos copy(
            Reliability newReliability,
            Durability newDurability,
            int newDepth,
            ResourceLimits newLimits,
            Liveliness newLiveliness,
            Duration newLease,
            Duration newDeadline,
            Duration newLifespan) {
        return new Qos(
                newReliability,
                newDurability,
                newDepth,
                newLimits,
                newDeadline,
                newLifespan,
                latencyBudget,
                newLiveliness,
                newLease,
                ownership,
                destinationOrder,
                presentation,
                partitions,
                representations);
    }
}

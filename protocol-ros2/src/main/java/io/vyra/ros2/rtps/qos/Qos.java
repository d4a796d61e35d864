package io.vyra.ros2.rtps.qos;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The quality of service of a writer or a reader. Immutable; start at {@link #DEFAULT} and change what differs. Deadline, latency budget and
 * partitions are announced and compared, lifespan is announced, no more.
 *
 * @param depth how many samples are kept; 0 keeps all, up to the resource limits
 * @param lease how long a writer is alive without a sign of it; {@link #INFINITE} for ever
 */
public record Qos(
        Reliability reliability,
        Durability durability,
        int depth,
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

    public boolean isReliable() {
        return reliability == Reliability.RELIABLE;
    }

    /** Whether late readers get what was written before. */
    public boolean isTransientLocal() {
        return durability != Durability.VOLATILE;
    }

    public Qos withReliability(Reliability value) {
        return copy(value, durability, depth, liveliness, lease, deadline, lifespan);
    }

    public Qos bestEffort() {
        return withReliability(Reliability.BEST_EFFORT);
    }

    public Qos withDurability(Durability value) {
        return copy(reliability, value, depth, liveliness, lease, deadline, lifespan);
    }

    public Qos transientLocal() {
        return withDurability(Durability.TRANSIENT_LOCAL);
    }

    public Qos withDepth(int value) {
        return copy(reliability, durability, value, liveliness, lease, deadline, lifespan);
    }

    public Qos keepAll() {
        return withDepth(0);
    }

    public Qos withLiveliness(Liveliness value, Duration leaseDuration) {
        return copy(reliability, durability, depth, value, leaseDuration, deadline, lifespan);
    }

    public Qos withDeadline(Duration value) {
        return copy(reliability, durability, depth, liveliness, lease, value, lifespan);
    }

    public Qos withLifespan(Duration value) {
        return copy(reliability, durability, depth, liveliness, lease, deadline, value);
    }

    private Qos copy(
            Reliability newReliability,
            Durability newDurability,
            int newDepth,
            Liveliness newLiveliness,
            Duration newLease,
            Duration newDeadline,
            Duration newLifespan) {
        return new Qos(
                newReliability,
                newDurability,
                newDepth,
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

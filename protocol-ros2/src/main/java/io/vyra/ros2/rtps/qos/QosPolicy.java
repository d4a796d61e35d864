package io.vyra.ros2.rtps.qos;

import java.time.Duration;
import java.util.Locale;

/** The policies that a writer and a reader must agree on, in the order in which they are compared. */
public enum QosPolicy {
    DURABILITY,
    DEADLINE,
    LATENCY_BUDGET,
    OWNERSHIP,
    LIVELINESS,
    RELIABILITY,
    DESTINATION_ORDER,
    PRESENTATION,
    PARTITION,
    DATA_REPRESENTATION;

    /** Of a text for people; partitions may be 64 of a thousand characters each. */
    private static final int LONGEST = 200;

    /** What a quality of service says of it, for people, such as {@code best_effort}, {@code 100.0 ms} or {@code infinite}. */
    public String in(Qos qos) {
        return switch (this) {
            case DURABILITY -> name(qos.durability());
            case DEADLINE -> time(qos.deadline());
            case LATENCY_BUDGET -> time(qos.latencyBudget());
            case OWNERSHIP -> name(qos.ownership());
            case LIVELINESS -> name(qos.liveliness()) + " with a lease of " + time(qos.lease());
            case RELIABILITY -> name(qos.reliability());
            case DESTINATION_ORDER -> name(qos.destinationOrder());
            case PRESENTATION -> presentation(qos.presentation());
            case PARTITION -> qos.partitions().isEmpty() ? "none" : shortened(String.join(" ", qos.partitions()));
            case DATA_REPRESENTATION -> qos.representations().toString();
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String time(Duration value) {
        return value.compareTo(Qos.INFINITE) >= 0 ? "infinite" : value.toNanos() / 1e6 + " ms";
    }

    private static String presentation(Qos.Presentation value) {
        return "scope " + value.scope() + (value.isCoherent() ? " coherent" : "")
                + (value.isOrdered() ? " ordered" : "");
    }
}

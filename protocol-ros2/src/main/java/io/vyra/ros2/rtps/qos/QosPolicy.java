package io.vyra.ros2.rtps.qos;

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
    DATA_REPRESENTATION
}

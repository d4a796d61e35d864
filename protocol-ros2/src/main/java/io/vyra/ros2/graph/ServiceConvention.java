package io.vyra.ros2.graph;

import io.vyra.ros2.rtps.message.Vendor;
import java.util.Optional;

/** How a request and its reply are brought together, which the implementations of ROS 2 do in ways that do not understand each other. */
public enum ServiceConvention {
    /** rmw_fastrtps: the inline QoS of a request names the reader of the reply, that of a reply the request. */
    FAST_DDS,
    /** rmw_cyclonedds: sixteen bytes before the fields name the client and the request, and come back with the reply. */
    CYCLONE_DDS;

    /** How many bytes stand before the fields with {@link #CYCLONE_DDS}. */
    static final int HEADER = 16;

    static Optional<ServiceConvention> of(Vendor vendor) {
        if (vendor.equals(Vendor.FAST_DDS)) {
            return Optional.of(FAST_DDS);
        }
        return vendor.equals(Vendor.CYCLONE_DDS) ? Optional.of(CYCLONE_DDS) : Optional.empty();
    }
}

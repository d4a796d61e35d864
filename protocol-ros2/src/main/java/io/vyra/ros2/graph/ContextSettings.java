package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.rtps.participant.ParticipantSettings;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.util.Optional;

/**
 * How a program is part of the graph.
 *
 * @param types the interfaces that it knows
 * @param convention how services are called and served; empty for as each peer's vendor does
 * @param distribution what the graph's own messages look like
 */
public record ContextSettings(
        ParticipantSettings participant,
        MessageTypes types,
        Optional<ServiceConvention> convention,
        Distribution distribution) {
    /** Which generation of ROS 2 nodes are told of this program's nodes. Others are understood whatever they are. */
    public enum Distribution {
        /** Global ids have 24 bytes, and types no hash. */
        HUMBLE,
        /** Global ids have 16 bytes: Iron, Jazzy, Kilted and later. */
        IRON_OR_LATER
    }

    /** With the interfaces that this library brings along. */
    public static ContextSettings of(DiscoverySettings discovery, String name) {
        return new ContextSettings(
                ParticipantSettings.of(discovery, name, "enclave=/;"),
                new MessageTypes(TypeRegistry.shipped()),
                Optional.empty(),
                Distribution.IRON_OR_LATER);
    }

    public ContextSettings withTypes(MessageTypes value) {
        return new ContextSettings(participant, value, convention, distribution);
    }

    public ContextSettings withConvention(ServiceConvention value) {
        return new ContextSettings(participant, types, Optional.of(value), distribution);
    }

    public ContextSettings withDistribution(Distribution value) {
        return new ContextSettings(participant, types, convention, value);
    }
}

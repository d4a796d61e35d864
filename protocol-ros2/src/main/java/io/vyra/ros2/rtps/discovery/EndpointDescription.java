package io.vyra.ros2.rtps.discovery;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.List;

/**
 * What a writer or a reader tells about itself.
 *
 * @param topic in DDS, such as {@code rt/chatter}
 * @param type in DDS, such as {@code std_msgs::msg::dds_::String_}
 * @param unicast where it is reached; empty for where its participant is
 * @param userData as it is; in ROS 2 since Iron {@code typehash=…;}
 */
public record EndpointDescription(
        Guid guid, String topic, String type, Qos qos, List<Locator> unicast, String userData) {
    public EndpointDescription {
        unicast = List.copyOf(unicast);
    }
}

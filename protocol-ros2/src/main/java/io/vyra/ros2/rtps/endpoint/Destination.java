package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.GuidPrefix;
import java.net.InetSocketAddress;

/** A participant and where it is reached. */
public record Destination(GuidPrefix prefix, InetSocketAddress address) {}

package org.ros2.rcljava.qos.policies;

public interface QoSPolicy {
    int getValue();
}

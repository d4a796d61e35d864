package org.ros2.rcljava.node;

public interface ComposableNode {
    Node getNode();
}

package io.vyra.modulemanager.ros2.connection;

import io.vyra.ros2.graph.RosNode;

/** A part of the face that needs the manager's node. It is attached once for each node there is, by one thread. */
public interface BridgePart {
    void attach(RosNode node);

    /** The node ends right after this, and with it all that was made on it. */
    void detach();
}

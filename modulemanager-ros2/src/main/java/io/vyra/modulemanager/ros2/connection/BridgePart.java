package io.vyra.modulemanager.ros2.connection;

import io.vyra.modulemanager.ros2.port.RosPort;

/** A part of the face that needs the manager's node. It is attached once for each node there is, by one thread. */
public interface BridgePart {
    /** @throws io.vyra.modulemanager.problem.ProblemException when the library behind the port cannot do what the part needs; the face goes on without it */
    void attach(RosPort port);

    /** The node ends right after this, and with it all that was made on it. */
    void detach();
}

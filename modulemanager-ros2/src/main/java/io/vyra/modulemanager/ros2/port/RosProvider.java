package io.vyra.modulemanager.ros2.port;

import java.io.IOException;

/** A library that speaks ROS 2. */
public interface RosProvider {

    /**
     * Joins the graph as a node.
     *
     * @param namespace {@code /} or as in {@code /arm}
     * @throws IOException when the network or the system does not let it now; trying again later may help
     * @throws UnusableProviderException when it never will as things are
     */
    RosPort open(String namespace, String name) throws IOException, UnusableProviderException;

    /** For the log: which library it is, and as what it joins, as keys and values. */
    String description();
}

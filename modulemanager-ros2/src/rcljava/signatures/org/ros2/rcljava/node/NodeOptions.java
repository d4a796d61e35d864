package org.ros2.rcljava.node;

import org.ros2.rcljava.Signature;

public class NodeOptions {
    public NodeOptions() {}

    public NodeOptions setEnableRosout(boolean enable) {
        throw Signature.only();
    }

    public NodeOptions setAllowUndeclaredParameters(boolean allow) {
        throw Signature.only();
    }
}

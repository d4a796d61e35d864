package org.ros2.rcljava;

import org.ros2.rcljava.contexts.Context;
import org.ros2.rcljava.node.Node;
import org.ros2.rcljava.node.NodeOptions;

public final class RCLJava {
    private RCLJava() {}

    public static synchronized Context getDefaultContext() {
        throw Signature.only();
    }

    public static synchronized void rclJavaInit() {
        throw Signature.only();
    }

    public static String getRMWIdentifier() {
        throw Signature.only();
    }

    public static Node createNode(String nodeName, String namespace, Context context, NodeOptions options) {
        throw Signature.only();
    }

    public static synchronized void shutdown() {
        throw Signature.only();
    }
}

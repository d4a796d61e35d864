package org.ros2.rcljava.executors;

import org.ros2.rcljava.Signature;
import org.ros2.rcljava.node.ComposableNode;

public class BaseExecutor {
    protected void addNode(ComposableNode node) {
        throw Signature.only();
    }

    protected void waitForWork(long timeout) {
        throw Signature.only();
    }

    protected AnyExecutable getNextExecutable() {
        throw Signature.only();
    }

    protected void executeAnyExecutable(AnyExecutable anyExecutable) {
        throw Signature.only();
    }
}

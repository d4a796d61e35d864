package org.ros2.rcljava.executors;

import org.ros2.rcljava.Signature;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.node.ComposableNode;
import org.ros2.rcljava.service.RMWRequestId;

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

    @SuppressWarnings("unused") // By reflection.
    private static void nativeSendServiceResponse(
            long serviceHandle,
            RMWRequestId header,
            long responseFromJavaConverterHandle,
            long responseToJavaConverterHandle,
            long responseDestructorHandle,
            MessageDefinition responseMessage) {
        throw Signature.only();
    }

    protected void executeAnyExecutable(AnyExecutable anyExecutable) {
        throw Signature.only();
    }
}

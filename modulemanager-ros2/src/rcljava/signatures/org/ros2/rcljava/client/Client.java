package org.ros2.rcljava.client;

import java.util.concurrent.Future;
import org.ros2.rcljava.consumers.Consumer;
import org.ros2.rcljava.interfaces.Disposable;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.interfaces.ServiceDefinition;

public interface Client<T extends ServiceDefinition> extends Disposable {
    <U extends MessageDefinition, V extends MessageDefinition> Future<V> asyncSendRequest(
            U request, Consumer<Future<V>> callback);

    boolean isServiceAvailable();
}

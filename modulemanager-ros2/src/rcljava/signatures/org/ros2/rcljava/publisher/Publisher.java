package org.ros2.rcljava.publisher;

import org.ros2.rcljava.interfaces.Disposable;
import org.ros2.rcljava.interfaces.MessageDefinition;

public interface Publisher<T extends MessageDefinition> extends Disposable {
    void publish(T message);
}

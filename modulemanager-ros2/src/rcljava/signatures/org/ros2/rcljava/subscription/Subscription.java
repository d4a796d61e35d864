package org.ros2.rcljava.subscription;

import org.ros2.rcljava.interfaces.Disposable;
import org.ros2.rcljava.interfaces.MessageDefinition;

public interface Subscription<T extends MessageDefinition> extends Disposable {}

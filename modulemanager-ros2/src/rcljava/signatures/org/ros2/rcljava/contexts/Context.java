package org.ros2.rcljava.contexts;

import org.ros2.rcljava.interfaces.Disposable;

public interface Context extends Disposable {}

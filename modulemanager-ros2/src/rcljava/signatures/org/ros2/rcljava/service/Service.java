package org.ros2.rcljava.service;

import org.ros2.rcljava.interfaces.Disposable;
import org.ros2.rcljava.interfaces.ServiceDefinition;

public interface Service<T extends ServiceDefinition> extends Disposable {}

package org.ros2.rcljava.interfaces;

public interface ServiceDefinition {}

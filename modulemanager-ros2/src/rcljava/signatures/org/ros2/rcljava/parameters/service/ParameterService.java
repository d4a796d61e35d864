package org.ros2.rcljava.parameters.service;

public interface ParameterService {}

package org.ros2.rcljava.executors;

public class AnyExecutable {}

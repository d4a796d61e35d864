package org.ros2.rcljava.parameters;

public class ParameterVariant {
    public ParameterVariant(String name, String stringValue) {}
}

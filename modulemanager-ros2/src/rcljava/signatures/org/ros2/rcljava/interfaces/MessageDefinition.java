package org.ros2.rcljava.interfaces;

public interface MessageDefinition {
    long getFromJavaConverterInstance();

    long getToJavaConverterInstance();

    long getTypeSupportInstance();

    long getDestructorInstance();
}

package org.ros2.rcljava.interfaces;

public interface Disposable {
    void dispose();

    long getHandle();
}

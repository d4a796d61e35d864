package org.ros2.rcljava.consumers;

public interface Consumer<T> {
    void accept(T input);
}

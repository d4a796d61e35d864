package org.ros2.rcljava.consumers;

public interface TriConsumer<T, U, V> {
    void accept(T input1, U input2, V input3);
}

package io.vyra.modulemanager.ros2.port;

/** Something that others see until it is closed. It ends with its port at the latest; closing it again does nothing. */
public interface Declaration extends AutoCloseable {
    @Override
    void close();
}

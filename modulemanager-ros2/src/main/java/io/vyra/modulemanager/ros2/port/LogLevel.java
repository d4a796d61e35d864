package io.vyra.modulemanager.ros2.port;

/** Levels of {@code /rosout}, as rcl_interfaces/msg/Log has them. */
public enum LogLevel {
    DEBUG(10),
    INFO(20),
    WARN(30),
    ERROR(40),
    FATAL(50);

    private final int number;

    LogLevel(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}

package io.vyra.modulemanager.ros2.provider;

import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.ros2.graph.ContextSettings;

/** Chooses who speaks ROS 2. */
public final class Providers {
    private Providers() {}

    /**
     * @param name {@code rtps} or {@code rcljava}; for any other one the provider refuses to be used, and says so
     */
    public static RosProvider named(String name, ContextSettings context, RclJavaSettings rclJava) {
        return switch (name) {
            case "rtps" -> new RtpsProvider(context);
            case "rcljava" -> new RclJavaProvider(rclJava, context.types());
            default -> new RefusedProvider(name);
        };
    }
}

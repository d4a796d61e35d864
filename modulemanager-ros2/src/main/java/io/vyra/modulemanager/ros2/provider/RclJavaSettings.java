package io.vyra.modulemanager.ros2.provider;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What rcljava is used with.
 *
 * @param jars        folders with its jars, and with those of the interfaces' classes
 * @param libraryPath where native libraries are looked for: folders with the system's path separator between them
 * @param wanted      variables of ROS 2 as the manager's settings have them; rcl itself reads the environment
 * @param environment the variables that rcl will see
 */
public record RclJavaSettings(
        List<Path> jars, String libraryPath, Map<String, String> wanted, Map<String, String> environment) {
    public RclJavaSettings {
        jars = List.copyOf(jars);
        wanted = Map.copyOf(wanted);
        environment = Map.copyOf(environment);
    }

    /** Of this process. */
    public static RclJavaSettings of(List<Path> jars, Map<String, String> wanted) {
        return new RclJavaSettings(jars, System.getProperty("java.library.path", ""), wanted, System.getenv());
    }
}

package io.vyra.modulemanager.ros2.provider;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The native libraries of rcljava: one for each of its classes that has native methods, and one for each interface. The initializer of such a
 * class ends the JVM when its library is missing or does not load, so that it is looked for first.
 *
 * @param path folders with the system's path separator between them
 */
public record NativeLibraries(String path) {

    /** The library of one of rcljava's own classes, as {@code System.loadLibrary} names it. */
    public static String ofClass(String className) {
        return underscored(className) + "__jni";
    }

    /** The library of the class of a message or a service. */
    public static String ofInterface(String className) {
        return underscored(className) + "__jni__rosidl_typesupport_c";
    }

    /**
     * In the way of ROS 2's build (string_camel_case_to_lower_case_underscore): {@code RCLJava} becomes {@code rcl_java}, and a class gets a
     * second underscore after its package's when it begins with a single capital, as {@code node.NodeImpl} in {@code node__node_impl}.
     */
    private static String underscored(String className) {
        return className
                .replace('.', '_')
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** The file that {@code System.loadLibrary} would take; empty when there is none. */
    public Optional<Path> find(String library) {
        String file = System.mapLibraryName(library);
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder).resolve(file).toAbsolutePath();
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}

package io.vyra.modulemanager.ros2.connection;

import io.vyra.ros2.idl.TypeName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The manager's own interfaces: the ROS package {@code vyra_modulemanager_interfaces} as it is built with colcon, in the resources. Which
 * files count is what its {@code CMakeLists.txt} lists.
 */
public final class InterfacePackage {
    public static final String NAME = "vyra_modulemanager_interfaces";
    private static final Pattern LISTED = Pattern.compile("\"((?:msg|srv|action)/[A-Za-z0-9]+)\\.(msg|srv|action)\"");

    private InterfacePackage() {}

    /** The text of each definition. */
    public static Map<TypeName, String> definitions() {
        Map<TypeName, String> definitions = new TreeMap<>();
        LISTED.matcher(read("CMakeLists.txt"))
                .results()
                .forEach(file -> definitions.put(TypeName.parse(NAME + "/" + file.group(1)), text(file)));
        return definitions;
    }

    private static String text(MatchResult file) {
        return read(file.group(1) + "." + file.group(2));
    }

    /** A name of the package's, for example of kind {@code srv} and name {@code ListModules}. */
    public static TypeName type(TypeName.Kind kind, String name) {
        return new TypeName(NAME, kind, name);
    }

    private static String read(String file) {
        String path = "/" + NAME + "/" + file;
        try (InputStream stream = InterfacePackage.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "The interfaces of the manager are incomplete: " + path + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.vyra.modulemanager.api.ros;

import io.vyra.modulemanager.request.Checks;
import java.util.regex.Pattern;

/** Names of ROS 2 in requests. */
final class RosNames {
    private static final Pattern NAME = Pattern.compile("/?[A-Za-z_][A-Za-z0-9_]*(/[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*/(msg|srv)/[A-Z][A-Za-z0-9]*");
    private static final int LONGEST = 246;

    private RosNames() {}

    /** The full name that a path's segment stands for; it may leave out the first slash. */
    static String checked(Checks checks, String name) {
        checks.length("{name}", name, 1, LONGEST);
        checks.matches(
                "{name}",
                name,
                NAME,
                "words of letters, digits and _, separated by %2F, none of which starts with a digit");
        return name.startsWith("/") ? name : "/" + name;
    }

    static void checkType(Checks checks, String pointer, String type) {
        checks.optionalLength(pointer, type, 1, LONGEST);
        checks.matches(pointer, type, TYPE, "an interface such as std_msgs/msg/String");
    }
}

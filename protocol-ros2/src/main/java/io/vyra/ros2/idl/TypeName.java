package io.vyra.ros2.idl;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an interface, as in {@code std_msgs/msg/String}. The messages that a service or an action consists of have names too, as
 * in {@code std_srvs/srv/SetBool_Request}.
 */
public record TypeName(String packageName, Kind kind, String name) implements Comparable<TypeName> {
    private static final Pattern PACKAGE = Pattern.compile("(?!.*__)(?!.*_$)[a-z][a-z0-9_]*");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*(_[A-Z][A-Za-z0-9]*){0,2}");
    private static final Pattern FULL = Pattern.compile("([^/]+)/(msg|srv|action)/([^/]+)");
    private static final Pattern DDS = Pattern.compile("([^:]+)::(msg|srv|action)::dds_::([^:]+)_");
    private static final int LONGEST = 255;

    /** Which folder of a package an interface is in, and its files' extension. */
    public enum Kind {
        MSG,
        SRV,
        ACTION;

        /** As it stands in names and paths. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public TypeName {
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new IllegalArgumentException(
                    "A package's name is lower-case letters, digits and single underscores: " + packageName);
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "An interface's name is letters and digits and starts with a capital: " + name);
        }
        if (packageName.length() + name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "The interface's name is longer than " + LONGEST + " characters: " + packageName + "/" + name);
        }
    }

    /**
     * Reads {@code package/kind/Name}.
     *
     * @throws IllegalArgumentException when it is not such a name
     */
    public static TypeName parse(String text) {
        Matcher matcher = FULL.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "An interface is named package/msg/Name, package/srv/Name or package/action/Name: " + text);
        }
        return new TypeName(matcher.group(1), Kind.of(matcher.group(2)), matcher.group(3));
    }

    public static TypeName message(String packageName, String name) {
        return new TypeName(packageName, Kind.MSG, name);
    }

    /** Reads the name that a type has in DDS, {@code package::kind::dds_::Name_}; empty when it is none of ROS 2. */
    public static Optional<TypeName> parseDds(String text) {
        Matcher matcher = DDS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TypeName(matcher.group(1), Kind.of(matcher.group(2)), matcher.group(3)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The name in DDS, as in {@code std_msgs::msg::dds_::String_}. */
    public String dds() {
        return packageName + "::" + kind.text() + "::dds_::" + name + "_";
    }

    /** A part of this interface, as in {@code SetBool_Request}. */
    public TypeName part(String suffix) {
        return new TypeName(packageName, kind, name + "_" + suffix);
    }

    /** The same name without a suffix, when it has this one. */
    Optional<TypeName> without(String suffix) {
        return name.endsWith("_" + suffix)
                ? Optional.of(new TypeName(packageName, kind, name.substring(0, name.length() - suffix.length() - 1)))
                : Optional.empty();
    }

    @Override
    public int compareTo(TypeName that) {
        return toString().compareTo(that.toString());
    }

    @Override
    public String toString() {
        return packageName + "/" + kind.text() + "/" + name;
    }
}

package io.vyra.ros2.graph;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of topics and services in ROS 2, and as they are in DDS. */
final class RosNames {
    static final String TOPIC = "rt";
    static final String REQUEST = "rq";
    static final String REPLY = "rr";
    private static final Pattern FULL = Pattern.compile("(/[A-Za-z_][A-Za-z0-9_]*)+");
    private static final Pattern NODE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST = 247;

    private RosNames() {}

    /** The full name of a name that may be relative ({@code chatter}) or private ({@code ~/chatter}). */
    static String expand(String name, String namespace, String node) {
        String root = namespace.equals("/") ? "" : namespace;
        String full;
        if (name.startsWith("/")) {
            full = name;
        } else if (name.equals("~") || name.startsWith("~/")) {
            full = root + "/" + node + name.substring(1);
        } else {
            full = root + "/" + name;
        }
        if (!FULL.matcher(full).matches() || full.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A name is words of letters, digits and underscores, with slashes between, none of which starts with a digit: "
                            + name);
        }
        return full;
    }

    static String node(String name) {
        if (!NODE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A node's name is letters, digits and underscores, and does not start with a digit: " + name);
        }
        return name;
    }

    static String namespace(String namespace) {
        if (!namespace.equals("/") && !FULL.matcher(namespace).matches()) {
            throw new IllegalArgumentException("A namespace is / or a full name such as /arm: " + namespace);
        }
        return namespace;
    }

    static String topicToDds(String name) {
        return TOPIC + name;
    }

    static String requestToDds(String service) {
        return REQUEST + service + "Request";
    }

    static String replyToDds(String service) {
        return REPLY + service + "Reply";
    }

    /** The topic that a topic of DDS is, if it is one. */
    static Optional<String> topicOf(String dds) {
        return dds.startsWith(TOPIC + "/") ? Optional.of(dds.substring(TOPIC.length())) : Optional.empty();
    }

    /** The service whose requests or replies a topic of DDS has, if it is one. */
    static Optional<String> serviceOf(String dds) {
        return part(dds, REQUEST, "Request").or(() -> part(dds, REPLY, "Reply"));
    }

    private static Optional<String> part(String dds, String prefix, String suffix) {
        return dds.startsWith(prefix + "/") && dds.endsWith(suffix)
                ? Optional.of(dds.substring(prefix.length(), dds.length() - suffix.length()))
                : Optional.empty();
    }
}

package io.vyra.ros2.graph;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * By which rmw_cyclonedds knows which reader and which writer belong to one client, or to one server, of a service: both have the same in
 * their user data. A server there waits for the reader of a client that says so, and a client for the writer of such a server.
 */
final class CallIdentity {
    private static final int SIZE = 16;
    private static final Pattern CLIENT = Pattern.compile("(?:^|;)clientid=([^;]*)");

    private CallIdentity() {}

    /** What both endpoints of a new client say. */
    static String ofClient() {
        return "clientid=" + random();
    }

    /** What both endpoints of a new server say. */
    static String ofServer() {
        return "serviceid=" + random();
    }

    private static String random() {
        byte[] bytes = new byte[SIZE];
        new SecureRandom().nextBytes(bytes);
        return IntStream.range(0, SIZE)
                .mapToObj(i -> Integer.toHexString(Byte.toUnsignedInt(bytes[i])))
                .collect(Collectors.joining(".", "", ";"));
    }

    /** Of which client an endpoint with such user data is; empty when it does not say so. */
    static Optional<String> clientIn(String userData) {
        Matcher matcher = CLIENT.matcher(userData);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

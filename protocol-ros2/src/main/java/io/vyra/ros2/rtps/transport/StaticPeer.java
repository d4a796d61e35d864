package io.vyra.ros2.rtps.transport;

import java.util.regex.Pattern;

/**
 * A host on which participants are looked for although multicast may not reach it. Its name means nothing yet: a container that is not up has
 * no address, and gets another one each time that it is made anew.
 *
 * @param host a name, an IPv4 address, or an IPv6 address, at which nobody is found
 * @param port 0 means the ports of all participants that may be there
 */
public record StaticPeer(String host, int port) {
    /** As names are given to containers too, which may have underscores. */
    private static final Pattern NAME = Pattern.compile(
            "[\\p{Alnum}_]([\\p{Alnum}_-]*[\\p{Alnum}_])?(\\.[\\p{Alnum}_]([\\p{Alnum}_-]*[\\p{Alnum}_])?)*\\.?");

    private static final int LONGEST_NAME = 253;
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]+(%[\\p{Alnum}_.-]+)?");

    public StaticPeer {
        if (!isHost(host)) {
            throw new IllegalArgumentException("A peer's host is a name or an address, not " + host);
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("A peer's port is at most 65535, not " + port);
        }
    }

    private static boolean isHost(String host) {
        if (host.indexOf(':') >= 0) {
            return IPV6.matcher(host).matches();
        }
        return NUMBERS.matcher(host).matches()
                ? IPV4.matcher(host).matches()
                : host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
    }

    /**
     * Reads a peer as {@code ROS_STATIC_PEERS} has it: {@code host} or {@code host:port}; {@code [address]:port} for IPv6.
     *
     * @throws IllegalArgumentException when no host can be called that
     */
    public static StaticPeer parse(String text) {
        int end = text.indexOf(']');
        if (text.startsWith("[") && end > 0) {
            return end == text.length() - 1
                    ? new StaticPeer(text.substring(1, end), 0)
                    : new StaticPeer(text.substring(1, end), port(text, end + 1));
        }
        int colon = text.indexOf(':');
        return colon < 0 || colon != text.lastIndexOf(':')
                ? new StaticPeer(text, 0)
                : new StaticPeer(text.substring(0, colon), port(text, colon));
    }

    private static int port(String text, int colon) {
        String port = text.substring(colon + 1);
        if (text.charAt(colon) != ':' || !port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("A peer's port is a number after a colon, not " + text.substring(colon));
        }
        return Integer.parseInt(port);
    }

    /** Whether it is an address already, so that nobody need be asked for it. */
    boolean isAddress() {
        return IPV4.matcher(host).matches() || host.indexOf(':') >= 0;
    }

    /** Whether it is certainly this machine. */
    boolean isLoopback() {
        return host.equalsIgnoreCase("localhost") || (isAddress() && host.startsWith("127.")) || host.equals("::1");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (port == 0) {
            return host;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + port;
    }
}

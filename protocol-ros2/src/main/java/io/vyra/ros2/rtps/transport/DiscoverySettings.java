package io.vyra.ros2.rtps.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How participants find each other, as the environment of ROS 2 says it.
 *
 * @param domain 0 to 232
 * @param range how far announcements go by themselves
 * @param peers whom they go to beyond that; a port of 0 means the ports of all participants that may be there
 */
public record DiscoverySettings(int domain, Range range, List<InetSocketAddress> peers) {
    /** As {@code ROS_AUTOMATIC_DISCOVERY_RANGE} has it. */
    public enum Range {
        /** Nobody is found, and nobody finds. */
        OFF,
        /** This machine only. */
        LOCALHOST,
        /** Whom multicast reaches. */
        SUBNET
    }

    public DiscoverySettings {
        if (domain < 0 || domain > Ports.LARGEST_DOMAIN) {
            throw new IllegalArgumentException("A domain is 0 to " + Ports.LARGEST_DOMAIN + ", not " + domain);
        }
        peers = List.copyOf(peers);
    }

    /**
     * Reads {@code ROS_DOMAIN_ID}, {@code ROS_LOCALHOST_ONLY}, {@code ROS_AUTOMATIC_DISCOVERY_RANGE} and {@code ROS_STATIC_PEERS}. As in
     * ROS 2, {@code ROS_LOCALHOST_ONLY=1} wins over the range.
     *
     * @throws IllegalArgumentException when one of them has a value that it cannot have
     */
    public static DiscoverySettings of(Map<String, String> environment) {
        String domain = environment.getOrDefault("ROS_DOMAIN_ID", "").strip();
        Range range = range(environment.getOrDefault("ROS_AUTOMATIC_DISCOVERY_RANGE", ""));
        if (environment.getOrDefault("ROS_LOCALHOST_ONLY", "").strip().equals("1")) {
            range = Range.LOCALHOST;
        }
        return new DiscoverySettings(
                domain.isEmpty() ? 0 : number(domain), range, peers(environment.getOrDefault("ROS_STATIC_PEERS", "")));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("ROS_DOMAIN_ID is a number, not " + text);
        }
    }

    private static Range range(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "", "SUBNET", "SYSTEM_DEFAULT" -> Range.SUBNET;
            case "LOCALHOST" -> Range.LOCALHOST;
            case "OFF" -> Range.OFF;
            default ->
                throw new IllegalArgumentException(
                        "ROS_AUTOMATIC_DISCOVERY_RANGE is SUBNET, LOCALHOST, OFF or SYSTEM_DEFAULT, not " + text);
        };
    }

    private static List<InetSocketAddress> peers(String text) {
        List<InetSocketAddress> peers = new ArrayList<>();
        for (String peer : text.split(";")) {
            if (!peer.isBlank()) {
                peers.add(peer(peer.strip()));
            }
        }
        return peers;
    }

    private static InetSocketAddress peer(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
            return new InetSocketAddress(InetAddress.getByName(colon < 0 ? text : text.substring(0, colon)), port);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException("ROS_STATIC_PEERS names a peer that cannot be: " + text, e);
        }
    }
}

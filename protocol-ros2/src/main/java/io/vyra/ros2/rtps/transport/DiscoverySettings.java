package io.vyra.ros2.rtps.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How participants find each other, as the environment of ROS 2 says it.
 *
 * @param domain 0 to 232
 * @param range how far announcements go by themselves
 * @param peers whom they go to beyond that; with {@link Range#OFF} there are none, as in ROS 2
 */
public record DiscoverySettings(int domain, Range range, List<StaticPeer> peers) {
    private static final System.Logger LOG = System.getLogger(DiscoverySettings.class.getName());

    /** As {@code ROS_AUTOMATIC_DISCOVERY_RANGE} has it. */
    public enum Range {
        /** Nobody is found, and nobody finds, even when named as a peer. */
        OFF,
        /** This machine, and peers. */
        LOCALHOST,
        /** Whom multicast reaches. */
        SUBNET
    }

    public DiscoverySettings {
        if (domain < 0 || domain > Ports.LARGEST_DOMAIN) {
            throw new IllegalArgumentException(wrongDomain(String.valueOf(domain)));
        }
        peers = range == Range.OFF ? List.of() : List.copyOf(peers);
    }

    /**
     * Reads {@code ROS_DOMAIN_ID}, {@code ROS_LOCALHOST_ONLY}, {@code ROS_AUTOMATIC_DISCOVERY_RANGE} and {@code ROS_STATIC_PEERS}. As in
     * ROS 2 since Iron, {@code ROS_LOCALHOST_ONLY=1} wins over the range and over the peers. Names of peers are not looked up here.
     *
     * @throws IllegalArgumentException when one of them has a value that it cannot have
     */
    public static DiscoverySettings of(Map<String, String> environment) {
        String domain = environment.getOrDefault("ROS_DOMAIN_ID", "").strip();
        Range range = range(environment.getOrDefault("ROS_AUTOMATIC_DISCOVERY_RANGE", ""));
        List<StaticPeer> peers = peers(environment.getOrDefault("ROS_STATIC_PEERS", ""));
        boolean isLocalhostOnly =
                environment.getOrDefault("ROS_LOCALHOST_ONLY", "").strip().equals("1");
        if (!peers.isEmpty() && (isLocalhostOnly || range == Range.OFF)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The peers {0} are not looked for, because of {1}. To find them and nobody else beyond this machine, set"
                            + " ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST and leave ROS_LOCALHOST_ONLY out",
                    peers,
                    isLocalhostOnly ? "ROS_LOCALHOST_ONLY=1" : "ROS_AUTOMATIC_DISCOVERY_RANGE=OFF");
        }
        return new DiscoverySettings(
                domain.isEmpty() ? 0 : number(domain),
                isLocalhostOnly ? Range.LOCALHOST : range,
                isLocalhostOnly ? List.of() : peers);
    }

    private static String wrongDomain(String text) {
        return "ROS_DOMAIN_ID is a number from 0 to " + Ports.LARGEST_DOMAIN + ", not " + text;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrongDomain(text), e);
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

    private static List<StaticPeer> peers(String text) {
        List<StaticPeer> peers = new ArrayList<>();
        for (String peer : text.split(";")) {
            if (!peer.isBlank()) {
                try {
                    peers.add(StaticPeer.parse(peer.strip()));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "ROS_STATIC_PEERS names a peer that cannot be: " + peer.strip() + ". " + e.getMessage()
                                    + (peer.contains(",") ? ". Put semicolons between peers, not commas" : ""),
                            e);
                }
            }
        }
        return peers;
    }
}

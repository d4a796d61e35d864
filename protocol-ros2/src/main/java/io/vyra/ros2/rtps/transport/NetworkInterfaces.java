package io.vyra.ros2.rtps.transport;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The interfaces of this machine that a participant uses at a time, each with an IPv4 address.
 *
 * @param usual whom the range of discovery is about
 * @param used those, and the ones by which peers beyond it answer
 */
record NetworkInterfaces(List<Usable> usual, List<Usable> used) {
    private static final System.Logger LOG = System.getLogger(NetworkInterfaces.class.getName());

    NetworkInterfaces {
        usual = List.copyOf(usual);
        used = List.copyOf(used);
    }

    /**
     * An interface and its first IPv4 address.
     *
     * @param index by which the system knows it; one that is made anew has another
     */
    record Usable(NetworkInterface network, int index, Inet4Address address, int prefix, boolean hasMulticast) {
        /** Whether an address is in the interface's network. */
        boolean reaches(InetAddress other) {
            int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
            return (bits(address) & mask) == (bits(other) & mask);
        }

        private static int bits(InetAddress address) {
            return ByteBuffer.wrap(address.getAddress()).getInt();
        }

        /** Whatever other addresses it has: those of IPv6 come and go, and are not used. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Usable usable
                    && usable.index == index
                    && usable.address.equals(address)
                    && usable.prefix == prefix
                    && usable.hasMulticast == hasMulticast;
        }

        @Override
        public int hashCode() {
            return 31 * index + address.hashCode();
        }

        @Override
        public String toString() {
            return network.getName() + " " + address.getHostAddress() + "/" + prefix;
        }
    }

    /** What there is now for a participant. */
    static NetworkInterfaces of(DiscoverySettings settings) {
        boolean isLocal = settings.range() == DiscoverySettings.Range.LOCALHOST;
        List<Usable> all = all();
        List<Usable> usual = usual(all, isLocal);
        // Peers on other hosts answer to what is announced to them, which must be more than the loopback.
        boolean isBeyond = isLocal && settings.peers().stream().anyMatch(peer -> !peer.isLoopback());
        return new NetworkInterfaces(usual, isBeyond ? all : usual);
    }

    /** Loopback only, or all others; loopback too when there is no other. */
    private static List<Usable> usual(List<Usable> all, boolean onlyLoopback) {
        Map<Boolean, List<Usable>> isLoopback = all.stream()
                .collect(Collectors.partitioningBy(usable -> usable.address().isLoopbackAddress()));
        List<Usable> others = isLoopback.get(false);
        return onlyLoopback || others.isEmpty() ? isLoopback.get(true) : others;
    }

    /** All that are up, loopback last. */
    private static List<Usable> all() {
        List<Usable> all = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .forEach(network -> usable(network).ifPresent(all::add));
        } catch (SocketException e) {
            throw new UncheckedIOException("The network interfaces cannot be listed", e);
        }
        all.sort(Comparator.comparing((Usable usable) -> usable.address().isLoopbackAddress())
                .thenComparing(Usable::index));
        return all;
    }

    private static Optional<Usable> usable(NetworkInterface network) {
        try {
            if (!network.isUp()) {
                return Optional.empty();
            }
            boolean hasMulticast = network.supportsMulticast();
            return network.getInterfaceAddresses().stream()
                    .filter(address -> address.getAddress() instanceof Inet4Address)
                    .findFirst()
                    .map(address -> usable(network, address, hasMulticast));
        } catch (SocketException e) {
            // It is gone since it was listed; one that goes must not take the others along.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The interface {0} cannot be asked: {1}",
                    network.getName(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static Usable usable(NetworkInterface network, InterfaceAddress address, boolean hasMulticast) {
        return new Usable(
                network,
                network.getIndex(),
                (Inet4Address) address.getAddress(),
                address.getNetworkPrefixLength(),
                hasMulticast);
    }

    /** Whether an address is one of this machine now: interfaces come and go. */
    static boolean isOnThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new UncheckedIOException("The network interfaces cannot be listed", e);
        }
    }

    /** Whether an address is the loopback's, or that of an interface that is used. */
    boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress() || isUsed(address);
    }

    private boolean isUsed(InetAddress address) {
        return used.stream().anyMatch(usable -> usable.address().equals(address));
    }

    /** Whether one that is used is more than the loopback. */
    boolean isBeyondThisMachine() {
        return used.stream().anyMatch(usable -> !usable.address().isLoopbackAddress());
    }

    /**
     * The interfaces that are used whose network an address is in; all that are used when it is in none of them, or the loopback's: it is not known
     * then by which one it is reached.
     */
    List<Usable> towards(InetAddress address) {
        List<Usable> near = used.stream()
                .filter(usable -> !address.isLoopbackAddress() && usable.reaches(address))
                .toList();
        return near.isEmpty() ? used : near;
    }

    /** Whether announcements to the group go anywhere. */
    boolean hasMulticast() {
        return usual.stream().anyMatch(Usable::hasMulticast);
    }

    /**
     * How well an address is suited to reach a participant by it: the higher, the better.
     *
     * @param isHere whether the participant is on this machine
     */
    int nearness(InetAddress address, boolean isHere) {
        if (isOwn(address) && !isHere) {
            return 0;
        }
        if (isUsed(address)) {
            return 3;
        }
        if (address.isLoopbackAddress()) {
            return 0;
        }
        return used.stream().anyMatch(usable -> usable.reaches(address)) ? 2 : 1;
    }
}

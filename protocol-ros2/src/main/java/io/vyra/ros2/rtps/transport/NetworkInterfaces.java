package io.vyra.ros2.rtps.transport;

import java.io.IOException;
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
import java.util.stream.Collectors;

/** The interfaces of this machine that a participant uses, each with an IPv4 address. */
final class NetworkInterfaces {
    private NetworkInterfaces() {}

    /** An interface and its first IPv4 address. */
    record Usable(NetworkInterface network, Inet4Address address, int prefix, boolean hasMulticast) {
        /** Whether an address is in the interface's network. */
        boolean reaches(InetAddress other) {
            int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
            return (bits(address) & mask) == (bits(other) & mask);
        }

        private static int bits(InetAddress address) {
            return ByteBuffer.wrap(address.getAddress()).getInt();
        }
    }

    /** Loopback only, or all others; loopback too when there is no other. */
    static List<Usable> find(boolean onlyLoopback) {
        Map<Boolean, List<Usable>> isLoopback = all().stream()
                .collect(Collectors.partitioningBy(usable -> usable.address().isLoopbackAddress()));
        List<Usable> others = isLoopback.get(false);
        return onlyLoopback || others.isEmpty() ? isLoopback.get(true) : others;
    }

    /** All that are up, loopback last. */
    static List<Usable> all() {
        try {
            List<Usable> all = new ArrayList<>();
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (network.isUp()) {
                    network.getInterfaceAddresses().stream()
                            .filter(address -> address.getAddress() instanceof Inet4Address)
                            .findFirst()
                            .map(address -> usable(network, address))
                            .ifPresent(all::add);
                }
            }
            all.sort(Comparator.comparing(usable -> usable.address().isLoopbackAddress()));
            return all;
        } catch (SocketException e) {
            throw new UncheckedIOException("The network interfaces cannot be listed", e);
        }
    }

    /** Whether an address is one of this machine now: interfaces come and go. */
    static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new UncheckedIOException("The network interfaces cannot be listed", e);
        }
    }

    private static Usable usable(NetworkInterface network, InterfaceAddress address) {
        return new Usable(
                network, (Inet4Address) address.getAddress(), address.getNetworkPrefixLength(), hasMulticast(network));
    }

    private static boolean hasMulticast(NetworkInterface network) {
        try {
            return network.supportsMulticast();
        } catch (IOException e) {
            throw new UncheckedIOException("The interface " + network.getName() + " cannot be asked", e);
        }
    }
}

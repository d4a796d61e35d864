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
import java.util.List;

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
        try {
            List<Usable> loopback = new ArrayList<>();
            List<Usable> others = new ArrayList<>();
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (network.isUp()) {
                    network.getInterfaceAddresses().stream()
                            .filter(address -> address.getAddress() instanceof Inet4Address)
                            .findFirst()
                            .map(address -> usable(network, address))
                            .ifPresent(
                                    usable -> (usable.address().isLoopbackAddress() ? loopback : others).add(usable));
                }
            }
            return onlyLoopback || others.isEmpty() ? loopback : others;
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

package io.vyra.ros2.rtps.transport;

import io.vyra.ros2.rtps.message.Locator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sockets of a participant: one that it is reached at, one for the group, and one per interface to send to the group. Two threads
 * receive, each into a buffer of its own that is reused.
 *
 * <p>Sending is for one thread at a time. What the network does not take is counted and otherwise lost, as with UDP everywhere.
 */
public final class UdpTransport implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65_536;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int LIKELY_PARTICIPANTS = 32;
    private static final InetAddress GROUP = groupAddress();

    private final DatagramChannel unicast;
    private final List<NetworkInterfaces.Usable> interfaces;
    private final List<DatagramChannel> toGroup = new ArrayList<>();
    private final List<Locator> locators = new ArrayList<>();
    private final DiscoverySettings.Range range;
    private final int domain;
    private final Set<InetSocketAddress> announceTo = new LinkedHashSet<>();
    private final PeerAddresses peers;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong unsent = new AtomicLong();
    private DatagramChannel group;
    private volatile boolean isClosed;

    /** Is given each packet, by one of two threads; the array is the same again for the thread's next packet. */
    @FunctionalInterface
    public interface PacketHandler {
        /**
         * @param isToGroup whether it came by multicast
         */
        void packet(byte[] packet, int length, boolean isToGroup);
    }

    private UdpTransport(DiscoverySettings settings) throws IOException {
        range = settings.range();
        boolean isLocal = range == DiscoverySettings.Range.LOCALHOST;
        domain = settings.domain();
        List<NetworkInterfaces.Usable> usual = NetworkInterfaces.find(isLocal);
        // Peers on other hosts answer to what is announced to them, which must be more than the loopback.
        interfaces = isLocal && settings.peers().stream().anyMatch(peer -> !peer.isLoopback())
                ? NetworkInterfaces.all()
                : usual;
        peers = new PeerAddresses(settings.peers(), InetAddress::getAllByName, PeerAddresses.Pace.DEFAULT);
        unicast = bind(domain);
        try {
            int port = ((InetSocketAddress) unicast.getLocalAddress()).getPort();
            interfaces.forEach(usable -> locators.add(Locator.of(usable.address(), port)));
            group = range == DiscoverySettings.Range.OFF ? null : joinGroup(domain, usual);
            boolean isWithoutMulticast = usual.stream().noneMatch(NetworkInterfaces.Usable::hasMulticast);
            if (isLocal || (range == DiscoverySettings.Range.SUBNET && isWithoutMulticast)) {
                addAllPorts(announceTo, InetAddress.getLoopbackAddress());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the sockets.
     *
     * @throws IOException when no port of the domain is free, or the system refuses
     */
    public static UdpTransport open(DiscoverySettings settings) throws IOException {
        return new UdpTransport(settings);
    }

    private static InetAddress groupAddress() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 239, (byte) 255, 0, 1});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatagramChannel bind(int domain) throws IOException {
        for (int participant = 0; participant <= Ports.LARGEST_PARTICIPANT; participant++) {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            try {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
                channel.bind(new InetSocketAddress(Ports.discoveryUnicast(domain, participant)));
                return channel;
            } catch (java.net.BindException e) {
                channel.close();
            }
        }
        throw new IOException("All " + (Ports.LARGEST_PARTICIPANT + 1) + " ports for participants of domain " + domain
                + " are taken on this machine");
    }

    private DatagramChannel joinGroup(int domain, List<NetworkInterfaces.Usable> interfaces) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.bind(new InetSocketAddress(Ports.discoveryMulticast(domain)));
        for (NetworkInterfaces.Usable usable : interfaces) {
            if (usable.hasMulticast()) {
                channel.join(GROUP, usable.network());
                DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
                toGroup.add(sender);
                sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, usable.network());
                sender.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
                sender.connect(new InetSocketAddress(GROUP, Ports.discoveryMulticast(domain)));
            }
        }
        return channel;
    }

    /** Whom announcements go to one by one now; the addresses of peers come and change. */
    private Set<InetSocketAddress> targets() {
        Set<InetSocketAddress> targets = new LinkedHashSet<>(announceTo);
        peers.found()
                .forEach((peer, addresses) -> addresses.forEach(address -> {
                    if (peer.port() == 0) {
                        addAllPorts(targets, address);
                    } else {
                        targets.add(new InetSocketAddress(address, peer.port()));
                    }
                }));
        return targets;
    }

    private void addAllPorts(Set<InetSocketAddress> targets, InetAddress address) {
        for (int participant = 0; participant < LIKELY_PARTICIPANTS; participant++) {
            targets.add(new InetSocketAddress(address, Ports.discoveryUnicast(domain, participant)));
        }
    }

    /** Starts receiving, and looking up the names of peers. */
    public void start(String name, PacketHandler handler) {
        threads.add(receive(name + "-unicast", unicast, false, handler));
        if (group != null) {
            threads.add(receive(name + "-multicast", group, true, handler));
        }
        peers.start(name);
    }

    private Thread receive(String name, DatagramChannel channel, boolean isToGroup, PacketHandler handler) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            byte[] packet = new byte[LARGEST_DATAGRAM];
            ByteBuffer buffer = ByteBuffer.wrap(packet);
            while (!isClosed) {
                try {
                    buffer.clear();
                    channel.receive(buffer);
                    handler.packet(packet, buffer.position(), isToGroup);
                } catch (ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    // An ICMP message about a peer that is gone; the next packet may be another's.
                    unsent.incrementAndGet();
                }
            }
        });
    }

    /** Where this participant is reached. */
    public List<Locator> locators() {
        return List.copyOf(locators);
    }

    /**
     * The address by which a participant with these locators is reached best: on this machine, else in a network of this machine, else the
     * first. Empty when there is none.
     *
     * <p>It is on this machine when all its addresses are this machine's. One of them proves nothing: every host with Docker has 172.17.0.1, and
     * every host 127.0.0.1.
     */
    public Optional<InetSocketAddress> nearest(List<Locator> remote) {
        List<InetSocketAddress> all = remote.stream().map(Locator::address).toList();
        boolean isHere = all.stream().allMatch(address -> isOwn(address.getAddress()));
        return all.stream().max(Comparator.comparingInt(address -> nearness(address.getAddress(), isHere)));
    }

    /**
     * Whether one with these locators is to be found at all. Whoever names this host as a peer would otherwise find a participant that is to
     * stay on this machine, and not reach it: it says only how it is reached from here.
     */
    public boolean isInRange(List<Locator> remote) {
        return switch (range) {
            case OFF -> false;
            case SUBNET -> true;
            case LOCALHOST ->
                interfaces.stream().anyMatch(usable -> !usable.address().isLoopbackAddress())
                        || remote.stream()
                                .anyMatch(locator -> NetworkInterfaces.isOwn(
                                        locator.address().getAddress()));
        };
    }

    private int nearness(InetAddress address, boolean isHere) {
        if (isOwn(address) && !isHere) {
            return 0;
        }
        if (interfaces.stream().anyMatch(usable -> usable.address().equals(address))) {
            return 3;
        }
        if (address.isLoopbackAddress()) {
            return 0;
        }
        return interfaces.stream().anyMatch(usable -> usable.reaches(address)) ? 2 : 1;
    }

    private boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress()
                || interfaces.stream().anyMatch(usable -> usable.address().equals(address));
    }

    /** Sends to one address. */
    public void send(ByteBuffer packet, InetSocketAddress address) {
        try {
            unicast.send(packet, address);
        } catch (IOException e) {
            unsent.incrementAndGet();
        }
    }

    /** Sends to the group on every interface, and to every address that is to be told of this participant. */
    public void announce(ByteBuffer packet) {
        int start = packet.position();
        for (DatagramChannel channel : toGroup) {
            try {
                channel.write(packet.position(start));
            } catch (IOException e) {
                unsent.incrementAndGet();
            }
        }
        targets().forEach(address -> send(packet.position(start), address));
    }

    /** How many packets the system refused to send. */
    public long unsent() {
        return unsent.get();
    }

    @Override
    public void close() {
        isClosed = true;
        peers.close();
        List<DatagramChannel> channels = new ArrayList<>(toGroup);
        channels.add(unicast);
        if (group != null) {
            channels.add(group);
        }
        for (DatagramChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("A socket cannot be closed", e);
            }
        }
    }
}

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
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sockets of a participant: one that it is reached at, and those for the group. Two threads receive, each into a buffer of its own that is
 * reused.
 *
 * <p>Everything but looking at the interfaces and closing is for one thread at a time. What the network does not take is counted and otherwise
 * lost, as with UDP everywhere.
 */
public final class UdpTransport implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(UdpTransport.class.getName());
    private static final int LARGEST_DATAGRAM = 65_536;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int LIKELY_PARTICIPANTS = 32;

    private final DiscoverySettings settings;
    private final DatagramChannel unicast;
    private final int port;

    /** Whom announcements go to one by one, peers apart. Who was told once is told on, or would take this participant for gone. */
    private final Set<InetSocketAddress> announceTo = new LinkedHashSet<>();

    private final PeerAddresses peers;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong unsent = new AtomicLong();

    /** In use. */
    private volatile NetworkInterfaces interfaces;

    /** Seen at the last look. */
    private volatile NetworkInterfaces seen;

    /** Null when announcements are switched off. */
    private volatile GroupSockets group;

    /** Why the interfaces that were seen could not be used; empty when they could. */
    private String problem = "";

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
        this.settings = settings;
        peers = new PeerAddresses(settings.peers(), InetAddress::getAllByName, PeerAddresses.Pace.DEFAULT);
        unicast = bind(settings.domain());
        try {
            port = ((InetSocketAddress) unicast.getLocalAddress()).getPort();
            seen = NetworkInterfaces.of(settings);
            use(seen);
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

    private void use(NetworkInterfaces found) throws IOException {
        if (settings.range() != DiscoverySettings.Range.OFF) {
            GroupSockets before = group;
            group = GroupSockets.open(settings.domain(), found.usual(), SOCKET_BUFFER);
            if (before != null) {
                before.close();
            }
        }
        interfaces = found;
        boolean isWithoutMulticast = settings.range() == DiscoverySettings.Range.SUBNET && !found.hasMulticast();
        if (settings.range() == DiscoverySettings.Range.LOCALHOST || isWithoutMulticast) {
            addAllPorts(announceTo, InetAddress.getLoopbackAddress());
        }
    }

    /**
     * Looks at the interfaces of this machine: whether they are others than those in use. It may take milliseconds, and is for any thread.
     */
    public boolean isOutdated() {
        NetworkInterfaces found = NetworkInterfaces.of(settings);
        seen = found;
        // Without any there is nothing to be reached at; those that were may come back.
        return !found.used().isEmpty() && !found.equals(interfaces);
    }

    /**
     * Uses the interfaces that were seen at the last look from now on. When the system refuses, all stays as it is, and the log says why.
     *
     * @return whether they are used
     */
    public boolean renew() {
        NetworkInterfaces found = seen;
        try {
            use(found);
            problem = "";
            LOG.log(System.Logger.Level.INFO, "The network interfaces are others now: {0}", found.used());
            return true;
        } catch (IOException e) {
            if (!problem.equals(e.toString())) {
                problem = e.toString();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The network interfaces are others now, {0}, but cannot be used: {1}. It is tried again and again",
                        found.used(),
                        problem);
            }
            return false;
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
            targets.add(new InetSocketAddress(address, Ports.discoveryUnicast(settings.domain(), participant)));
        }
    }

    /** Starts receiving, and looking up the names of peers. */
    public void start(String name, PacketHandler handler) {
        threads.add(receive(name + "-unicast", () -> unicast, false, handler));
        if (group != null) {
            threads.add(receive(name + "-multicast", () -> group.receiver(), true, handler));
        }
        peers.start(name);
    }

    /** @param socket which it is now */
    private Thread receive(String name, Supplier<DatagramChannel> socket, boolean isToGroup, PacketHandler handler) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            byte[] packet = new byte[LARGEST_DATAGRAM];
            ByteBuffer buffer = ByteBuffer.wrap(packet);
            while (!isClosed) {
                DatagramChannel channel = socket.get();
                try {
                    buffer.clear();
                    channel.receive(buffer);
                    handler.packet(packet, buffer.position(), isToGroup);
                } catch (ClosedChannelException e) {
                    if (channel == socket.get()) {
                        return;
                    }
                } catch (IOException e) {
                    // An ICMP message about a peer that is gone; the next packet may be another's.
                    unsent.incrementAndGet();
                }
            }
        });
    }

    /** Where this participant is reached now. */
    public List<Locator> locators() {
        return locators(interfaces.used());
    }

    /** Where it is reached now from an address: in the network of both, else at all its addresses. */
    public List<Locator> locators(InetSocketAddress from) {
        return locators(interfaces.towards(from.getAddress()));
    }

    private List<Locator> locators(List<NetworkInterfaces.Usable> usable) {
        return usable.stream().map(each -> Locator.of(each.address(), port)).toList();
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
        NetworkInterfaces now = interfaces;
        boolean isHere = all.stream().allMatch(address -> now.isOwn(address.getAddress()));
        return all.stream().max(Comparator.comparingInt(address -> now.nearness(address.getAddress(), isHere)));
    }

    /**
     * Whether one with these locators is to be found at all. Whoever names this host as a peer would otherwise find a participant that is to
     * stay on this machine, and not reach it: it says only how it is reached from here.
     */
    public boolean isInRange(List<Locator> remote) {
        return switch (settings.range()) {
            case OFF -> false;
            case SUBNET -> true;
            case LOCALHOST ->
                interfaces.isBeyondThisMachine()
                        || remote.stream()
                                .anyMatch(locator -> NetworkInterfaces.isOnThisMachine(
                                        locator.address().getAddress()));
        };
    }

    /** Sends to one address. */
    public void send(ByteBuffer packet, InetSocketAddress address) {
        try {
            unicast.send(packet, address);
        } catch (IOException e) {
            unsent.incrementAndGet();
        }
    }

    /**
     * Sends to the group on every interface, and to every address that is to be told of this participant.
     *
     * @param packet what is to be sent to those who reach this participant at the locators, in a buffer that nobody else uses
     */
    public void announce(Function<List<Locator>, ByteBuffer> packet) {
        if (group != null) {
            unsent.addAndGet(group.send(usable -> packet.apply(locators(List.of(usable)))));
        }
        targets().forEach(address -> send(packet.apply(locators(address)), address));
    }

    /** How many packets the system refused to send. */
    public long unsent() {
        return unsent.get();
    }

    @Override
    public void close() {
        isClosed = true;
        peers.close();
        if (group != null) {
            group.close();
        }
        try {
            unicast.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A socket cannot be closed", e);
        }
    }
}

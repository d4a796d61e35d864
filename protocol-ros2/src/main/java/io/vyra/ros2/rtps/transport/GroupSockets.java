package io.vyra.ros2.rtps.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The sockets for the group of a domain: one that receives from all interfaces, and one for each interface that sends. They are made anew when
 * interfaces come and go, and not changed: the JDK takes an interface that was made anew for one that it has joined on already, and fails to leave
 * by one that is gone.
 */
final class GroupSockets implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(GroupSockets.class.getName());
    private static final InetAddress GROUP = groupAddress();

    private final DatagramChannel receiver;
    private final List<Sender> senders = new ArrayList<>();

    /** What goes to the group by an interface. */
    private record Sender(NetworkInterfaces.Usable usable, DatagramChannel channel) {}

    private GroupSockets(DatagramChannel receiver) {
        this.receiver = receiver;
    }

    private static InetAddress groupAddress() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 239, (byte) 255, 0, 1});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Joins the group on every interface that has multicast. One that the system refuses is left out, and the log says so: the others are worth
     * having.
     *
     * @param receiveBuffer in bytes
     * @throws IOException when nothing can be received at all
     */
    static GroupSockets open(int domain, List<NetworkInterfaces.Usable> interfaces, int receiveBuffer)
            throws IOException {
        int port = Ports.discoveryMulticast(domain);
        GroupSockets sockets = new GroupSockets(DatagramChannel.open(StandardProtocolFamily.INET));
        try {
            sockets.receiver.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            sockets.receiver.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            sockets.receiver.bind(new InetSocketAddress(port));
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
        for (NetworkInterfaces.Usable usable : interfaces) {
            if (usable.hasMulticast()) {
                sockets.join(usable, port);
            }
        }
        return sockets;
    }

    private void join(NetworkInterfaces.Usable usable, int port) {
        try {
            receiver.join(GROUP, usable.network());
            DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
            senders.add(new Sender(usable, sender));
            sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, usable.network());
            sender.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            sender.connect(new InetSocketAddress(GROUP, port));
        } catch (IOException | IllegalArgumentException e) {
            // The latter when its address is gone since it was looked at.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Multicast is not used on {0}: {1}. Nobody is found there but static peers; if it is one of more than twenty"
                            + " interfaces, raise net.ipv4.igmp_max_memberships",
                    usable,
                    e.getMessage());
        }
    }

    DatagramChannel receiver() {
        return receiver;
    }

    /**
     * Sends on every interface. The result is how often the system refused.
     *
     * @param packet what is to be sent by an interface, in a buffer that nobody else uses
     */
    int send(Function<NetworkInterfaces.Usable, ByteBuffer> packet) {
        int refused = 0;
        for (Sender sender : senders) {
            try {
                if (sender.channel().isConnected()) {
                    sender.channel().write(packet.apply(sender.usable()));
                }
            } catch (IOException e) {
                refused++;
            }
        }
        return refused;
    }

    @Override
    public void close() {
        List<DatagramChannel> all =
                new ArrayList<>(senders.stream().map(Sender::channel).toList());
        all.add(receiver);
        for (DatagramChannel channel : all) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("A socket cannot be closed", e);
            }
        }
    }
}

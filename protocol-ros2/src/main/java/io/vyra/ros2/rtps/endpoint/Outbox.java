package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.wire.CapacityExceededException;
import io.vyra.ros2.wire.WireWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Gathers submessages for one participant into packets, and sends them when they are full, when another's turn comes, and on {@link #flush}. */
public final class Outbox {
    /** How large a packet becomes, in bytes: what Cyclone DDS sends by default too. */
    public static final int LARGEST_PACKET = 14_720;

    /** How much of a payload fits beside everything else in a packet, in bytes. */
    public static final int LARGEST_PAYLOAD = LARGEST_PACKET - 512;

    private final Packets.Header header;
    private final Sender sender;
    private final WireWriter packet = new WireWriter(LARGEST_PACKET);
    private Destination destination;
    private long timestamp;
    private int start;

    /** Sends what is between a buffer's position and limit. */
    @FunctionalInterface
    public interface Sender {
        void send(ByteBuffer packet, InetSocketAddress address);
    }

    public Outbox(Packets.Header header, Sender sender) {
        this.header = header;
        this.sender = sender;
    }

    /** Says for whom what follows is. */
    public Outbox to(Destination newDestination) {
        if (!newDestination.equals(destination)) {
            flush();
            destination = newDestination;
        }
        return this;
    }

    /** Says when the samples that follow were written. */
    public Outbox at(long newTimestamp) {
        if (newTimestamp != timestamp && packet.position() > start) {
            flushPacket();
        }
        timestamp = newTimestamp;
        return this;
    }

    public void add(Submessage submessage) {
        if (packet.position() == 0) {
            begin();
        }
        int before = packet.position();
        try {
            Packets.write(packet, submessage);
        } catch (CapacityExceededException e) {
            packet.position(before);
            if (before == start) {
                throw e;
            }
            flushPacket();
            begin();
            Packets.write(packet, submessage);
        }
    }

    private void begin() {
        Packets.writeHeader(packet, header);
        Packets.write(packet, new Submessage.InfoDestination(destination.prefix()));
        if (timestamp != 0) {
            Packets.write(packet, new Submessage.InfoTimestamp(timestamp));
        }
        start = packet.position();
    }

    /** Sends what has been gathered. */
    public void flush() {
        flushPacket();
        destination = null;
        timestamp = 0;
    }

    private void flushPacket() {
        if (packet.position() > start) {
            sender.send(ByteBuffer.wrap(packet.array(), 0, packet.position()), destination.address());
        }
        packet.clear();
        start = 0;
    }
}

package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.wire.CapacityExceededException;
import io.vyra.ros2.wire.WireWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Gathers submessages for one participant into packets, and sends them when they are full, when another's turn comes, and on {@link #flush}.
 * What comes with every sample is added as plain values, so that nothing is left for the garbage collector.
 */
public final class Outbox {
    /** How large a packet becomes, in bytes: what Cyclone DDS sends by default too. */
    public static final int LARGEST_PACKET = 14_720;

    /** How much of a payload fits beside everything else in a packet, in bytes. */
    public static final int LARGEST_PAYLOAD = LARGEST_PACKET - 512;

    /** A timestamp, a submessage's header, entities, numbers and what fills it up, and an inline QoS with everything that it can have. */
    private static final int BESIDE_PAYLOAD = 144;

    private static final int BESIDE_NUMBERS = 64;

    private final Packets.Header header;
    private final Sender sender;
    private final WireWriter packet = new WireWriter(LARGEST_PACKET);
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private Destination destination;
    private long timestamp;

    /** The timestamp that a sample has which is added to the packet now (INFO_TS, DDSI-RTPS 2.5 §8.3.8); 0 for none. */
    private long stamped;

    private int start;

    /** Sends what is between a buffer's position and limit; the buffer is the same again for the next packet. */
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
        timestamp = newTimestamp;
        return this;
    }

    public void add(Submessage submessage) {
        if (packet.position() == 0) {
            begin();
        }
        int before = packet.position();
        long stampedBefore = stamped;
        try {
            write(submessage);
        } catch (CapacityExceededException e) {
            packet.position(before);
            stamped = stampedBefore;
            if (before == start) {
                throw e;
            }
            flushPacket();
            begin();
            write(submessage);
        }
    }

    private void write(Submessage submessage) {
        if (submessage instanceof Submessage.DataFrag) {
            stamp();
        }
        Packets.write(packet, submessage);
    }

    /** What follows in the packet is of another time than what is in it already. */
    private void stamp() {
        if (timestamp != stamped) {
            Packets.writeTimestamp(packet, timestamp);
            stamped = timestamp;
        }
    }

    /** Adds a {@link Submessage.Data} with a payload of {@link #LARGEST_PAYLOAD} bytes at most. */
    void data(
            EntityId reader,
            EntityId writer,
            long sequence,
            InlineQos inlineQos,
            byte[] array,
            int length,
            boolean isKey) {
        makeRoom(BESIDE_PAYLOAD + length);
        stamp();
        Packets.writeData(packet, reader, writer, sequence, inlineQos, array, 0, length, isKey);
    }

    /** Adds a {@link Submessage.Heartbeat}. */
    void heartbeat(EntityId reader, EntityId writer, long first, long last, int count, boolean isFinal) {
        makeRoom(BESIDE_NUMBERS);
        Packets.writeHeartbeat(packet, reader, writer, first, last, count, isFinal, false);
    }

    /** Adds a {@link Submessage.AckNack} of a reader that lacks nothing before a number. */
    void acknowledgement(EntityId reader, EntityId writer, long base, int count, boolean isFinal) {
        makeRoom(BESIDE_NUMBERS);
        Packets.writeAcknowledgement(packet, reader, writer, base, NumberSet.NONE, count, isFinal);
    }

    private void makeRoom(int size) {
        if (packet.position() > start && packet.position() + size > LARGEST_PACKET) {
            flushPacket();
        }
        if (packet.position() == 0) {
            begin();
        }
    }

    private void begin() {
        Packets.writeHeader(packet, header);
        Packets.writeDestination(packet, destination.prefix());
        stamped = 0;
        start = packet.position();
    }

    /** Sends what has been gathered. */
    public void flush() {
        flushPacket();
        destination = null;
        timestamp = 0;
    }

    private void flushPacket() {
        try {
            if (packet.position() > start) {
                if (buffer.array() != packet.array()) {
                    // The packet's array has grown.
                    buffer = ByteBuffer.wrap(packet.array());
                }
                sender.send(buffer.limit(packet.position()).position(0), destination.address());
            }
        } finally {
            // A packet that could not be sent must not be in the way of all that follow.
            packet.clear();
            start = 0;
        }
    }
}

package io.vyra.ros2.peer;

import io.vyra.ros2.wire.WireWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps packets, and writes them down as a capture of UDP over IPv4 (the file format of libpcap, link type 101), so that no permission to
 * capture is needed.
 */
public final class PacketRecorder {
    private static final int MOST_BYTES = 64 << 20;
    private static final int RAW_IP = 101;
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final int LOOPBACK = 0x7f000001;
    private static final int SOURCE_PORT = 7410;

    private final WireWriter file = new WireWriter(MOST_BYTES);
    private int count;

    public PacketRecorder() {
        file.i32(0xa1b2c3d4);
        file.i16(2);
        file.i16(4);
        file.zeros(8);
        file.i32(65_535);
        file.i32(RAW_IP);
    }

    /** Keeps what is between the buffer's position and limit. */
    public synchronized void add(ByteBuffer packet, InetSocketAddress to) {
        byte[] payload = new byte[packet.remaining()];
        packet.duplicate().get(payload);
        int length = IP_HEADER + UDP_HEADER + payload.length;
        // Each a millisecond after the other.
        file.order(ByteOrder.LITTLE_ENDIAN);
        file.i32(count / 1_000);
        file.i32(count % 1_000 * 1_000);
        file.i32(length);
        file.i32(length);
        file.order(ByteOrder.BIG_ENDIAN);
        file.i16(0x4500);
        file.i16(length);
        file.i32(0);
        file.i8(64);
        file.i8(UDP);
        file.i16(0);
        file.i32(LOOPBACK);
        file.i32(LOOPBACK);
        file.i16(SOURCE_PORT);
        file.i16(to.getPort());
        file.i16(UDP_HEADER + payload.length);
        file.i16(0);
        file.bytes(payload, 0, payload.length);
        count++;
    }

    /** How many packets were kept. */
    public synchronized int count() {
        return count;
    }

    public synchronized Path write(Path path) throws IOException {
        return Files.write(path, file.toArray());
    }
}

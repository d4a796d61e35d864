package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Optional;

/** An IPv4 address and a UDP port, which is how this library is reached (DDSI-RTPS 2.5 §9.3.2). */
public record Locator(InetSocketAddress address) {
    /** How many bytes it takes. */
    public static final int SIZE = 24;

    private static final int UDP_V4 = 1;

    public static Locator of(InetAddress address, int port) {
        return new Locator(new InetSocketAddress(address, port));
    }

    /** Reads a locator; empty when it is of another kind or none at all. */
    public static Optional<Locator> read(WireReader reader) {
        int kind = reader.i32();
        long port = reader.u32();
        byte[] bytes = reader.copy(16);
        if (kind != UDP_V4 || port < 1 || port > 0xffff) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
            return address.isAnyLocalAddress() ? Optional.empty() : Optional.of(of(address, (int) port));
        } catch (UnknownHostException e) {
            throw new MalformedDataException("A locator has no address of four bytes");
        }
    }

    public void write(WireWriter writer) {
        writer.i32(UDP_V4);
        writer.i32(address.getPort());
        writer.zeros(12);
        writer.bytes(address.getAddress().getAddress());
    }

    static Optional<Locator> readShort(WireReader reader) {
        ByteOrder order = reader.order();
        try {
            InetAddress address =
                    InetAddress.getByAddress(reader.order(ByteOrder.BIG_ENDIAN).copy(4));
            long port = reader.order(order).u32();
            return port < 1 || port > 0xffff ? Optional.empty() : Optional.of(of(address, (int) port));
        } catch (UnknownHostException e) {
            throw new MalformedDataException("A locator has no address of four bytes");
        }
    }

    public boolean isMulticast() {
        return address.getAddress().isMulticastAddress();
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}

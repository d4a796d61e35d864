package io.vyra.zenoh.link;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A TCP connection. The channel does not block, so that whoever has something to send can try it without a thread in between; who has to
 * wait does so in a selector.
 */
final class TcpLink implements Link {
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final String peer;

    private TcpLink(SocketChannel channel, Selector readable, Selector writable) throws IOException {
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
        this.peer = "tcp/" + String.valueOf(channel.getRemoteAddress()).replaceFirst("^.*/", "");
    }

    /** Takes over a connected channel, and closes it if that fails. */
    static TcpLink of(SocketChannel channel) throws IOException {
        Selector readable = null;
        Selector writable = null;
        try {
            // Nagle's algorithm would hold back what is small and urgent; batching is done here.
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            readable = Selector.open();
            writable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
            channel.register(writable, SelectionKey.OP_WRITE);
            return new TcpLink(channel, readable, writable);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (readable != null) {
                readable.close();
            }
            if (writable != null) {
                writable.close();
            }
            throw e;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        while (true) {
            int read = channel.read(buffer);
            if (read != 0) {
                return read;
            }
            await(readable);
        }
    }

    @Override
    public int tryWrite(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (channel.write(source) == 0) {
                await(writable);
            }
        }
    }

    private static void await(Selector selector) throws IOException {
        try {
            // The action only keeps the set of selected keys from growing.
            selector.select(_ -> {});
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            channel.close();
            readable.close();
            writable.close();
        } catch (IOException e) {
            // Nothing is left that could be done about it; the descriptor is gone.
        }
    }

    @Override
    public String toString() {
        return peer;
    }
}

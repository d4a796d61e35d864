package io.vyra.zenoh.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A connection within this process, without a socket: what one end writes the other reads, through a buffer of fixed size either way. */
public final class MemoryLink implements Link {
    private static final int BUFFERED = 64 << 10;

    private final BytePipe incoming;
    private final BytePipe outgoing;
    private final String peer;

    private MemoryLink(BytePipe incoming, BytePipe outgoing, String peer) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.peer = peer;
    }

    /** The two ends of a connection. */
    public record Pair(MemoryLink here, MemoryLink there) {}

    /** A new connection. */
    public static Pair pair() {
        BytePipe oneWay = new BytePipe(BUFFERED);
        BytePipe otherWay = new BytePipe(BUFFERED);
        return new Pair(
                new MemoryLink(oneWay, otherWay, "memory/there"), new MemoryLink(otherWay, oneWay, "memory/here"));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return incoming.read(target, offset, length);
    }

    @Override
    public int tryWrite(ByteBuffer source) throws IOException {
        return outgoing.tryWrite(source);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (outgoing.tryWrite(source) == 0) {
                outgoing.awaitRoom();
            }
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

    /** Ends both ways: the other end still reads what was written. */
    @Override
    public void close() {
        outgoing.close();
        incoming.abandon();
    }

    @Override
    public String toString() {
        return peer;
    }
}

package io.vyra.zenoh.transport;

import io.vyra.zenoh.link.Link;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A link that gives given bytes and then ends, and keeps what is written. */
final class ScriptedLink implements Link {
    private final byte[] bytes;
    private final int mostAtOnce;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int position;

    ScriptedLink(byte[] bytes, int mostAtOnce) {
        this.bytes = bytes;
        this.mostAtOnce = mostAtOnce;
    }

    byte[] written() {
        return written.toByteArray();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int size = Math.min(Math.min(length, mostAtOnce), bytes.length - position);
        if (size <= 0) {
            return -1;
        }
        System.arraycopy(bytes, position, target, offset, size);
        position += size;
        return size;
    }

    @Override
    public int tryWrite(ByteBuffer source) {
        int size = source.remaining();
        write(source);
        return size;
    }

    @Override
    public void write(ByteBuffer source) {
        byte[] copy = new byte[source.remaining()];
        source.get(copy);
        written.writeBytes(copy);
    }

    @Override
    public String peer() {
        return "script";
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return Optional.empty();
    }

    @Override
    public void close() {
        position = bytes.length;
    }

    @Override
    public String toString() {
        return peer();
    }
}

package io.vyra.zenoh.link;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A connection to a peer. One thread may read while another writes; any thread may close, which ends both with an {@link IOException}.
 */
public interface Link extends Closeable {
    /**
     * Waits for bytes.
     *
     * @return how many were read, at least 1; or -1 when the peer closed the connection
     */
    int read(byte[] target, int offset, int length) throws IOException;

    /**
     * Writes what can be written at once.
     *
     * @return how many bytes that was, 0 when none could, or when this kind of link cannot tell without waiting
     */
    int tryWrite(ByteBuffer source) throws IOException;

    /** Writes all, and waits until it is handed on. */
    void write(ByteBuffer source) throws IOException;

    /** Where the peer is, for messages to people. */
    String peer();

    /** The certificate by which the peer proved who it is, if it had to. */
    Optional<X509Certificate> peerCertificate();

    @Override
    void close();
}

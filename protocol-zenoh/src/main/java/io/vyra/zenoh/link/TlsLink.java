package io.vyra.zenoh.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** A TLS connection. A write may always have to wait, so none is tried. */
final class TlsLink implements Link {
    private final SSLSocket socket;
    private final InputStream input;
    private final OutputStream output;
    private final String peer;
    private volatile boolean isWriting;

    /** Takes over a socket whose handshake is done. */
    TlsLink(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
        this.peer = "tls/" + String.valueOf(socket.getRemoteSocketAddress()).replaceFirst("^.*/", "");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return input.read(target, offset, length);
    }

    @Override
    public int tryWrite(ByteBuffer source) {
        return 0;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        isWriting = true;
        output.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
        output.flush();
        isWriting = false;
        source.position(source.limit());
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        try {
            Certificate first = socket.getSession().getPeerCertificates()[0];
            return first instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            if (isWriting) {
                // Not the TLS way: that would wait for the writer, whom a stalled peer holds up.
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left that could be done about it.
        }
    }

    @Override
    public String toString() {
        return peer;
    }
}

package io.vyra.zenoh.link;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** Listens on an endpoint. One thread accepts; any thread may close, which ends that. */
public final class LinkListener implements Closeable {
    private final ServerSocketChannel server;
    private final Endpoint endpoint;
    private final TlsContext tls;

    private LinkListener(ServerSocketChannel server, Endpoint endpoint, TlsContext tls) {
        this.server = server;
        this.endpoint = endpoint;
        this.tls = tls;
    }

    /**
     * Starts to listen.
     *
     * @param tls how to prove who is who, or null for a TCP endpoint
     * @throws IOException when the address is taken or none of this machine's
     */
    public static LinkListener open(Endpoint endpoint, TlsContext tls) throws IOException {
        if (endpoint.protocol() == Endpoint.Protocol.TLS && tls == null) {
            throw new IOException(endpoint + " needs TLS: configure a certificate and its key");
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(endpoint.host(), endpoint.port()));
            int port = server.socket().getLocalPort();
            return new LinkListener(server, new Endpoint(endpoint.protocol(), endpoint.host(), port), tls);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw new IOException("Cannot listen on " + endpoint + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens, with the real port. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Waits for somebody to connect. Nothing is read from them yet: {@link Accepted#open} does that, in another thread.
     *
     * @throws IOException when the listener is closed
     */
    public Accepted accept() throws IOException {
        return new Accepted(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Somebody who connected and may take their time. */
    public final class Accepted implements Closeable {
        private final SocketChannel channel;

        private Accepted(SocketChannel channel) {
            this.channel = channel;
        }

        /**
         * Ends the TLS handshake where there is one.
         *
         * @param timeout for the handshake
         */
        public Link open(Duration timeout) throws IOException {
            if (endpoint.protocol() == Endpoint.Protocol.TCP) {
                return TcpLink.of(channel);
            }
            Socket plain = channel.socket();
            try {
                plain.setTcpNoDelay(true);
                plain.setSoTimeout(Math.toIntExact(timeout.toMillis()));
                SSLSocket socket = (SSLSocket) tls.context()
                        .getSocketFactory()
                        .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
                socket.setUseClientMode(false);
                socket.setNeedClientAuth(tls.needsClientCertificate());
                socket.startHandshake();
                plain.setSoTimeout(0);
                return new TlsLink(socket);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

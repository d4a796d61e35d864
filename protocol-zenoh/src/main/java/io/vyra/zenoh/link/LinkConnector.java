package io.vyra.zenoh.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connects to endpoints. Thread-safe. */
public final class LinkConnector implements LinkSource {
    private final TlsContext tls;

    /**
     * @param tls how to prove who is who on TLS links, or null when none are needed
     */
    public LinkConnector(TlsContext tls) {
        this.tls = tls;
    }

    /** Connects, and ends the TLS handshake where there is one. */
    @Override
    public Link connect(Endpoint endpoint, Duration timeout) throws IOException {
        return switch (endpoint.protocol()) {
            case TCP -> TcpLink.of(connectTcp(endpoint, timeout));
            case TLS -> connectTls(endpoint, timeout);
        };
    }

    private static SocketChannel connectTcp(Endpoint endpoint, Duration timeout) throws IOException {
        IOException failure = null;
        for (InetAddress address : resolve(endpoint)) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.socket()
                        .connect(new InetSocketAddress(address, endpoint.port()), Math.toIntExact(timeout.toMillis()));
                return channel;
            } catch (IOException e) {
                channel.close();
                failure = described(endpoint, e);
            }
        }
        throw Optional.ofNullable(failure).orElseGet(() -> new ConnectException(endpoint + " has no address"));
    }

    private Link connectTls(Endpoint endpoint, Duration timeout) throws IOException {
        if (tls == null) {
            throw new IOException(endpoint + " needs TLS: configure the certificates of those who may answer there");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(
                    new InetSocketAddress(resolve(endpoint)[0], endpoint.port()), Math.toIntExact(timeout.toMillis()));
            SSLSocket socket = (SSLSocket)
                    tls.context().getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
            socket.setUseClientMode(true);
            if (tls.verifiesHostName()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            plain.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            socket.startHandshake();
            plain.setSoTimeout(0);
            return new TlsLink(socket);
        } catch (IOException e) {
            plain.close();
            throw described(endpoint, e);
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static InetAddress[] resolve(Endpoint endpoint) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(endpoint.host());
        } catch (UnknownHostException e) {
            UnknownHostException described = new UnknownHostException(
                    "The name '" + endpoint.host() + "' of " + endpoint + " has no address here");
            described.initCause(e);
            throw described;
        }
    }

    private static IOException described(Endpoint endpoint, IOException failure) {
        return new IOException("Cannot connect to " + endpoint + ": " + failure.getMessage(), failure);
    }
}

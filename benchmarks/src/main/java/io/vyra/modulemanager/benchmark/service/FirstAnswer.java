package io.vyra.modulemanager.benchmark.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Asks a service that is starting, again and again, until it first answers 200. A connection for each question, without anything between the
 * socket and the clock.
 *
 * @param secure whether with TLS
 * @param path   of the question, with its leading slash
 */
public record FirstAnswer(boolean secure, int port, String path) {
    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    private static final int ANSWER_MILLISECONDS = 10_000;
    private static final SSLContext TLS = AnyCertificate.context();

    /** What to do when no answer came yet. */
    public interface Check {
        /** @throws IOException when none can come any more */
        void stillPossible() throws IOException;
    }

    /** A port of loopback that nobody listens at. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits for it; looks every millisecond.
     *
     * @return {@link System#nanoTime()} when it was there
     * @throws IOException when it does not come in time, or as {@code check} says
     */
    public long await(Duration patience, Check check) throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < patience.toNanos()) {
            if (status() == 200) {
                return System.nanoTime();
            }
            check.stillPossible();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new IOException("no answer 200 from port " + port + path + " within " + patience);
    }

    /** Of the answer; 0 when there is none. */
    private int status() {
        SocketFactory factory = secure ? TLS.getSocketFactory() : SocketFactory.getDefault();
        try (Socket socket = factory.createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLISECONDS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = in.readLine();
            return line == null ? 0 : Integer.parseInt(line.split(" ", 3)[1]);
        } catch (IOException notYet) {
            return 0;
        }
    }
}

package io.vyra.modulemanager.benchmark.service;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A client of {@code GET /api/v1/events}: one that reads and keeps the ids it saw, or one that never reads. */
final class EventStream implements AutoCloseable {
    private static final int SMALL_BUFFER = 4_096;

    private final Socket socket = new Socket();
    private final Set<Long> seen = ConcurrentHashMap.newKeySet();
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean ended;

    private EventStream(int port, String token, boolean stalled) throws IOException {
        if (stalled) {
            // Before the connection is made, so that the window is small from the start.
            socket.setReceiveBufferSize(SMALL_BUFFER);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    static EventStream reading(int port, String token) throws IOException {
        EventStream stream = new EventStream(port, token, false);
        Thread.ofVirtual().name("event-reader").start(stream::read);
        return stream;
    }

    static EventStream stalled(int port, String token) throws IOException {
        return new EventStream(port, token, true);
    }

    /** Lines of chunks and of events are told apart by how they begin; the chunks' own lines do not matter here. */
    private void read() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                bytes.incrementAndGet();
                if (next == '\n') {
                    take(line.toString());
                    line.setLength(0);
                } else if (line.length() < 64) {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            // Closed by either side; what was not seen is counted.
        } finally {
            ended = true;
        }
    }

    private void take(String line) {
        if (line.startsWith("id: ")) {
            long id = Long.parseLong(line.substring(4).strip());
            seen.add(id);
            newest.accumulateAndGet(id, Math::max);
        } else if (line.startsWith("event: gap")) {
            gaps.incrementAndGet();
        }
    }

    Set<Long> seen() {
        return Set.copyOf(seen);
    }

    int count() {
        return seen.size();
    }

    long newest() {
        return newest.get();
    }

    long gaps() {
        return gaps.get();
    }

    long bytes() {
        return bytes.get();
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

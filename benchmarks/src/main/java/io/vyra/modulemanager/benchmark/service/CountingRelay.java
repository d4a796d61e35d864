package io.vyra.modulemanager.benchmark.service;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Passes on TCP connections to a port of this machine, and counts the bytes. Thread-safe. */
final class CountingRelay implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final ServerSocket server;
    private final int target;
    private final LongAdder towards = new LongAdder();
    private final LongAdder back = new LongAdder();
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    /** @param target port on loopback */
    CountingRelay(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Bytes from those who connect to the target. */
    long towards() {
        return towards.sum();
    }

    /** Bytes from the target to those who connect. */
    long back() {
        return back.sum();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(there);
                client.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pass(client, there, towards));
                Thread.ofVirtual().start(() -> pass(there, client, back));
            }
        } catch (IOException e) {
            // It was closed, or the target does not take connections: those who connect find out by themselves.
            close();
        }
    }

    private static void pass(Socket from, Socket to, LongAdder count) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count.add(read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone; the other one is told by the end of its connection.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Closeable each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.vyra.zenoh.peer;

import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP proxy between a client and a router, which can be told to misbehave. */
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 8 << 10;

    private final ServerSocket server;
    private final Endpoint target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Duration delay = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile int toClientLimit = Integer.MAX_VALUE;
    private volatile int toServerLimit = Integer.MAX_VALUE;
    private boolean toClientStalls;
    private boolean toServerStalls;

    private record Late(byte[] bytes, long due) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Late) other).due);
        }
    }

    /** In front of whoever listens there. */
    public FaultProxy(Endpoint target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public Endpoint endpoint() {
        return new Endpoint(target.protocol(), "127.0.0.1", server.getLocalPort());
    }

    /** All bytes arrive that much later, either way. */
    public void delay(Duration newDelay) {
        delay = newDelay;
    }

    /** No more than that many bytes a second pass, either way. */
    public void throttle(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /** A new connection is cut after that many bytes to the server, or to the client. */
    public void cutAfter(int toServer, int toClient) {
        toServerLimit = toServer;
        toClientLimit = toClient;
    }

    /** Nothing passes towards the server, or the client, though the connections stay: half open, or a reader that stalls. */
    public void stall(boolean towardsServer, boolean towardsClient) {
        lock.lock();
        try {
            toServerStalls = towardsServer;
            toClientStalls = towardsClient;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Cuts all connections. */
    public void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket router = new Socket(target.host(), target.port());
                sockets.add(client);
                sockets.add(router);
                pump(client, router, true);
                pump(router, client, false);
            } catch (IOException e) {
                // Closed, or nobody listens behind: the client sees a connection that ends.
            }
        }
    }

    private void pump(Socket source, Socket sink, boolean isToServer) {
        DelayQueue<Late> queue = new DelayQueue<>();
        Thread.ofVirtual().start(() -> {
            int limit = isToServer ? toServerLimit : toClientLimit;
            byte[] chunk = new byte[CHUNK];
            try {
                while (limit > 0) {
                    awaitFlow(isToServer);
                    int read = source.getInputStream().read(chunk, 0, Math.min(chunk.length, limit));
                    if (read < 0) {
                        break;
                    }
                    limit -= read;
                    long pace = bytesPerSecond == Long.MAX_VALUE ? 0 : read * 1_000_000_000L / bytesPerSecond;
                    if (pace > 0) {
                        TimeUnit.NANOSECONDS.sleep(pace);
                    }
                    queue.add(new Late(Arrays.copyOf(chunk, read), System.nanoTime() + delay.toNanos()));
                }
            } catch (IOException | InterruptedException e) {
                // What was read still arrives.
            }
            queue.add(new Late(new byte[0], System.nanoTime() + delay.toNanos()));
        });
        Thread.ofVirtual().start(() -> {
            try (source;
                    sink) {
                for (Late late = queue.take(); late.bytes.length > 0; late = queue.take()) {
                    awaitFlow(isToServer);
                    sink.getOutputStream().write(late.bytes);
                }
            } catch (IOException | InterruptedException e) {
                // The connection ended.
            }
        });
    }

    private void awaitFlow(boolean isToServer) throws InterruptedException {
        lock.lock();
        try {
            while (isToServer ? toServerStalls : toClientStalls) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}

package io.vyra.zenoh.session;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.link.LinkSource;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportCounters;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A session's way to its router: one transport at a time, and a new one when it ends. Thread-safe.
 *
 * <p>What is declared and what a new transport is told stay the same because both happen under one lock, before anybody else sends on it.
 */
final class Connection {
    /** What the session does with its connection. */
    interface Owner {
        TransportHandler handler(Transport transport);

        /** Sends all declarations anew. */
        void declareAll(Consumer<NetworkMessage> sender, boolean isFirstConnection);

        /** The connection is gone. */
        void lost(TransportEnd end);
    }

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private final SessionSettings settings;
    private final ScheduledExecutorService timer;
    private final Owner owner;
    private final SessionListener listener;
    private final LinkSource connector;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongAdder dropped = new LongAdder();
    private volatile Transport current;
    private volatile boolean isClosed;
    private Thread thread;
    private Exception lastFailure;
    private long connections;
    private long sentBefore;
    private long receivedBefore;
    private long droppedBefore;

    Connection(
            SessionSettings settings,
            LinkSource connector,
            ScheduledExecutorService timer,
            Owner owner,
            SessionListener listener) {
        this.settings = settings;
        this.timer = timer;
        this.owner = owner;
        this.listener = listener;
        this.connector = connector;
    }

    void start() {
        thread = Thread.ofVirtual().name("zenoh-connect").start(this::run);
    }

    private void run() {
        long wait = settings.shortestRetry().toNanos();
        try {
            while (!isClosed) {
                Transport transport = connect();
                if (transport != null && establish(transport)) {
                    wait = settings.shortestRetry().toNanos();
                    awaitEnd(transport);
                }
                // Half of it is chance, so that many who lost one router do not come back at once.
                pause(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
                wait = Math.min(wait * 2, settings.longestRetry().toNanos());
            }
        } catch (InterruptedException e) {
            // Closed: nobody waits for this thread.
        }
    }

    private Transport connect() {
        for (Endpoint endpoint : settings.endpoints()) {
            if (isClosed) {
                return null;
            }
            try {
                Link link = connector.connect(endpoint, settings.connectTimeout());
                return Transport.initiate(link, settings.transport(), settings.credentials(), timer);
            } catch (IOException | RuntimeException e) {
                lock.lock();
                try {
                    lastFailure = e;
                } finally {
                    lock.unlock();
                }
                tell(() -> listener.attemptFailed(endpoint.toString(), e));
            }
        }
        return null;
    }

    private boolean establish(Transport transport) {
        lock.lock();
        try {
            if (isClosed) {
                transport.close(CloseReason.GENERIC);
                return false;
            }
            transport.start(new Ending(owner.handler(transport), transport), timer);
            boolean[] isSent = {true};
            owner.declareAll(message -> isSent[0] = isSent[0] && sendOn(transport, message), connections == 0);
            if (!isSent[0]) {
                transport.close(CloseReason.GENERIC);
                return false;
            }
            connections++;
            current = transport;
            lastFailure = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell(() -> listener.connected(transport.peer(), transport.address()));
        return true;
    }

    /** A listener that fails must not end what goes on without it. */
    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A listener of a Zenoh session failed", e);
        }
    }

    private boolean sendOn(Transport transport, NetworkMessage message) {
        try {
            return transport.send(message, settings.blockingTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitEnd(Transport transport) throws InterruptedException {
        lock.lock();
        try {
            while (current == transport && !isClosed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long remaining = nanos;
            while (!isClosed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notices the end of a transport. */
    private final class Ending implements TransportHandler {
        private final TransportHandler handler;
        private final Transport transport;

        Ending(TransportHandler handler, Transport transport) {
            this.handler = handler;
            this.transport = transport;
        }

        @Override
        public void push(PushCursor push) {
            handler.push(push);
        }

        @Override
        public void message(NetworkMessage message) {
            handler.message(message);
        }

        @Override
        public void caughtUp() {
            handler.caughtUp();
        }

        @Override
        public void closed(TransportEnd end) {
            boolean wasCurrent;
            lock.lock();
            try {
                TransportCounters counters = transport.counters();
                sentBefore += counters.sentMessages();
                receivedBefore += counters.receivedMessages();
                droppedBefore += counters.droppedMessages();
                wasCurrent = current == transport;
                if (wasCurrent) {
                    current = null;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
            handler.closed(end);
            owner.lost(end);
            if (wasCurrent) {
                tell(() -> listener.disconnected(end));
            }
        }
    }

    /**
     * Changes what is declared, and tells the peer if there is one.
     *
     * @param change of what {@link Owner#declareAll} would say
     * @param messages what the peer is told
     */
    void declare(Runnable change, NetworkMessage... messages) {
        lock.lock();
        try {
            change.run();
            Transport transport = current;
            if (transport != null) {
                for (NetworkMessage message : messages) {
                    if (!sendOn(transport, message)) {
                        // The peer would know too little for ever: a new connection tells it all.
                        transport.close(CloseReason.UNRESPONSIVE);
                        return;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends a message; where it blocks, on the next connection if need be. Whether it was taken. */
    boolean send(Outgoing message, boolean reliable) {
        Transport transport = current;
        boolean mayDrop = message.qualityOfService().congestionControl() == CongestionControl.DROP;
        try {
            if (mayDrop) {
                return transport == null
                        ? countDropped()
                        : transport.send(message, reliable, Duration.ZERO) || (transport != current && countDropped());
            }
            if (transport != null && transport.send(message, reliable, settings.blockingTimeout())) {
                return true;
            }
            return sendLater(message, reliable, transport);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean sendLater(Outgoing message, boolean reliable, Transport tried) throws InterruptedException {
        if (tried != null && tried == current) {
            // It had its time, and the way is full.
            return false;
        }
        long deadline = System.nanoTime() + settings.blockingTimeout().toNanos();
        while (true) {
            Transport transport = await(deadline - System.nanoTime());
            if (transport == null) {
                return countDropped();
            }
            Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (transport.send(message, reliable, rest)) {
                return true;
            }
            if (transport == current) {
                return false;
            }
        }
    }

    private boolean countDropped() {
        dropped.increment();
        return false;
    }

    /** Waits for a connection; null when there is none in time. */
    Transport await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remaining = nanos;
            while (current == null && !isClosed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Why the last attempt to connect failed, or null. */
    Exception lastFailure() {
        lock.lock();
        try {
            return lastFailure;
        } finally {
            lock.unlock();
        }
    }

    /** The counters of all transports so far; incoming drops are the session's to add. */
    SessionCounters counters() {
        lock.lock();
        try {
            Transport transport = current;
            TransportCounters now = transport == null ? null : transport.counters();
            return new SessionCounters(
                    now != null,
                    connections,
                    sentBefore + (now == null ? 0 : now.sentMessages()),
                    receivedBefore + (now == null ? 0 : now.receivedMessages()),
                    droppedBefore + dropped.sum() + (now == null ? 0 : now.droppedMessages()),
                    0);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection in an orderly way, for good. */
    void close() {
        Transport transport;
        lock.lock();
        try {
            isClosed = true;
            transport = current;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (transport != null) {
            transport.close(CloseReason.GENERIC);
        }
        if (thread != null) {
            thread.interrupt();
        }
    }
}

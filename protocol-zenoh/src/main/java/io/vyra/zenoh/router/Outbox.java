package io.vyra.zenoh.router;

import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a face is told by somebody who must not wait for it, in order: declarations, and the ends of queries. A virtual thread sends it.
 * Thread-safe.
 */
final class Outbox {
    private final Transport transport;
    private final Duration blockingTimeout;
    private final int mostWaiting;
    private final Runnable stalled;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<NetworkMessage> waiting = new ArrayDeque<>();
    private boolean isSending;
    private boolean isClosed;

    /**
     * @param stalled is run when the face does not take what it is told
     */
    Outbox(Transport transport, Duration blockingTimeout, int mostWaiting, Runnable stalled) {
        this.transport = transport;
        this.blockingTimeout = blockingTimeout;
        this.mostWaiting = mostWaiting;
        this.stalled = stalled;
    }

    void add(NetworkMessage message) {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            if (waiting.size() < mostWaiting) {
                waiting.add(message);
                if (!isSending) {
                    isSending = true;
                    Thread.ofVirtual().name("zenoh-outbox").start(this::send);
                }
                return;
            }
            // What is left out would never be told again: the face has to start anew.
            end();
        } finally {
            lock.unlock();
        }
        stalled.run();
    }

    private void send() {
        try {
            for (NetworkMessage message = next(); message != null; message = next()) {
                if (!transport.send(message, blockingTimeout)) {
                    close();
                    stalled.run();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private NetworkMessage next() {
        lock.lock();
        try {
            NetworkMessage message = waiting.poll();
            isSending = message != null;
            return message;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        isClosed = true;
        waiting.clear();
    }
}

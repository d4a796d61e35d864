package io.vyra.zenoh.router;

import io.vyra.zenoh.message.NetworkMessage;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What a face is told by somebody who must not wait for it, in order: declarations, and the ends of queries. A virtual thread sends it.
 * Thread-safe.
 */
final class Outbox {
    private final Predicate<NetworkMessage> sender;
    private final int mostWaiting;
    private final Runnable stalled;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<NetworkMessage> waiting = new ArrayDeque<>();
    private boolean isSending;
    private boolean isClosed;

    /**
     * @param sender sends a message, for which it may wait; says no when the face is at its end
     * @param stalled is run when more waits than may
     */
    Outbox(Predicate<NetworkMessage> sender, int mostWaiting, Runnable stalled) {
        this.sender = sender;
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
        for (NetworkMessage message = next(); message != null; message = next()) {
            if (!sender.test(message)) {
                close();
            }
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

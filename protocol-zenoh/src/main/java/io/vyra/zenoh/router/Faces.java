package io.vyra.zenoh.router;

import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.HandshakeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is connected, and who may be. Thread-safe.
 *
 * <p>A node is connected once. One that comes again while its older connection is not known to be dead waits for a moment and is then
 * refused, because a node's identity is not proven and nobody must be able to push out another by using it; a connection that is dead is
 * noticed by its end, or its lease. Who has proven to be the same user as the older one pushes it out at once.
 */
final class Faces {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final int mostClients;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ZenohId, Face> byNode = new HashMap<>();
    private boolean isClosed;

    Faces(int mostClients) {
        this.mostClients = mostClients;
    }

    /**
     * Lets somebody knock.
     *
     * @param mayBeProven whether it can still prove to be the one that is connected already
     */
    void admit(ZenohId peer, WhatAmI role, String address, boolean mayBeProven) throws HandshakeException {
        if (role != WhatAmI.CLIENT) {
            throw new HandshakeException(
                    CloseReason.UNSUPPORTED,
                    address + " wants to be a " + role.name().toLowerCase()
                            + " here: this router takes clients only, so set its mode to client");
        }
        lock.lock();
        try {
            requirePlace(address);
            Face known = byNode.get(peer);
            if (known != null && known.isUpstream()) {
                throw new HandshakeException(
                        CloseReason.INVALID,
                        address + " is the router whose client this one is: one of them must not connect to the other");
            }
            if (!mayBeProven) {
                requireOnce(peer, address);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds a face, or says why there is no place for it. */
    void add(Face face) throws HandshakeException {
        String address = face.toString();
        lock.lock();
        try {
            if (isClosed) {
                throw new HandshakeException(CloseReason.GENERIC, "The router is closed");
            }
            if (isClient(face)) {
                requirePlace(address);
            }
            Face known = byNode.get(face.node());
            if (known != null && isProvenSame(known.identity(), face.identity())) {
                known.close(CloseReason.MAX_LINKS);
            }
            requireOnce(face.node(), address);
            byNode.put(face.node(), face);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isProvenSame(FaceIdentity older, FaceIdentity newer) {
        return switch (newer) {
            case FaceIdentity.User _, FaceIdentity.Certificate _ -> newer.equals(older);
            case FaceIdentity.Local(), FaceIdentity.Anonymous _, FaceIdentity.Upstream() -> false;
        };
    }

    private static boolean isClient(Face face) {
        return !(face.identity() instanceof FaceIdentity.Local) && !face.isUpstream();
    }

    private void requirePlace(String address) throws HandshakeException {
        if (byNode.values().stream().filter(Faces::isClient).count() >= mostClients) {
            throw new HandshakeException(
                    CloseReason.MAX_SESSIONS,
                    address + " is one more than the " + mostClients + " clients that may be connected at once");
        }
    }

    private void requireOnce(ZenohId peer, String address) throws HandshakeException {
        long remaining = PATIENCE.toNanos();
        try {
            while (byNode.containsKey(peer) && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (byNode.containsKey(peer)) {
            throw new HandshakeException(
                    CloseReason.MAX_LINKS,
                    address + " is the node " + peer + ", which is connected already, from " + byNode.get(peer));
        }
    }

    void remove(Face face) {
        lock.lock();
        try {
            byNode.remove(face.node(), face);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return byNode.size();
        } finally {
            lock.unlock();
        }
    }

    boolean hasUpstream() {
        lock.lock();
        try {
            return byNode.values().stream().anyMatch(Face::isUpstream);
        } finally {
            lock.unlock();
        }
    }

    /** Closes all, waits until they are gone, and lets nobody in any more. */
    void close() {
        List<Face> all;
        lock.lock();
        try {
            isClosed = true;
            all = List.copyOf(byNode.values());
        } finally {
            lock.unlock();
        }
        List<Thread> closing =
                all.stream().map(face -> face.close(CloseReason.GENERIC)).toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
            awaitNone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNone() throws InterruptedException {
        lock.lock();
        try {
            long remaining = PATIENCE.toNanos();
            while (!byNode.isEmpty() && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }
}

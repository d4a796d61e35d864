package io.vyra.zenoh.port;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a port is open, and what stands while it is. It keeps declarations from being collected as garbage, too: zenoh-java takes back a
 * token or a liveliness subscriber that nobody refers to. Thread-safe.
 */
public final class Declarations {
    private final Set<Declaration> standing = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** @throws IllegalStateException when the port is closed */
    public void requireOpen() {
        if (isClosed.get()) {
            throw new IllegalStateException("This Zenoh port is closed; open another one");
        }
    }

    /**
     * Keeps what was declared until it is closed.
     *
     * @param undeclare run once
     */
    public Declaration keep(Runnable undeclare) {
        AtomicBoolean isUndeclared = new AtomicBoolean();
        Declaration[] self = new Declaration[1];
        self[0] = () -> {
            standing.remove(self[0]);
            if (isUndeclared.compareAndSet(false, true)) {
                undeclare.run();
            }
        };
        standing.add(self[0]);
        // The port was closed meanwhile.
        if (isClosed.get()) {
            self[0].close();
        }
        return self[0];
    }

    /** Ends what stands; whether it was open until now. */
    public boolean close() {
        boolean wasOpen = isClosed.compareAndSet(false, true);
        standing.forEach(Declaration::close);
        return wasOpen;
    }
}

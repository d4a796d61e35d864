package io.vyra.ros2.rtps.participant;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Has somebody look whether the network is still as it was, in a thread of its own and without the participant's lock: where there are many
 * interfaces, the system takes milliseconds to tell of them. Thread-safe.
 */
final class NetworkWatch {
    private static final System.Logger LOG = System.getLogger(NetworkWatch.class.getName());

    private final String name;
    private final BooleanSupplier look;
    private final Runnable changed;
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /**
     * @param look    whether it is another one now
     * @param changed is run when it is
     */
    NetworkWatch(String name, BooleanSupplier look, Runnable changed) {
        this.name = name;
        this.look = look;
        this.changed = changed;
    }

    /** Has it looked at soon; once is enough for all who ask while it is. */
    void look() {
        if (isLooking.compareAndSet(false, true)) {
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    if (look.getAsBoolean()) {
                        changed.run();
                    }
                } catch (RuntimeException e) {
                    // The thread's edge; it is looked at again with the next announcement.
                    LOG.log(System.Logger.Level.WARNING, "The network interfaces could not be looked at", e);
                } finally {
                    isLooking.set(false);
                }
            });
        }
    }
}

package io.vyra.modulemanager.ros2.robot;

import java.util.Arrays;
import java.util.Locale;

/** Where a managed node is, with the numbers of lifecycle_msgs/msg/State. */
enum LifecycleState {
    UNKNOWN(0),
    UNCONFIGURED(1),
    INACTIVE(2),
    ACTIVE(3),
    FINALIZED(4),
    CONFIGURING(10),
    CLEANINGUP(11),
    SHUTTINGDOWN(12),
    ACTIVATING(13),
    DEACTIVATING(14),
    ERRORPROCESSING(15);

    private final int id;

    LifecycleState(int id) {
        this.id = id;
    }

    static LifecycleState of(int id) {
        return Arrays.stream(values())
                .filter(state -> state.id == id)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Whether it goes on to another state by itself. */
    boolean isPassing() {
        return id >= CONFIGURING.id;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

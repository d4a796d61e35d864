package io.vyra.modulemanager.ros2.robot;

import java.util.Locale;
import java.util.Optional;

/** A transition that a managed node can be asked for, with the numbers of lifecycle_msgs/msg/Transition. */
enum LifecycleStep {
    CONFIGURE(1),
    CLEANUP(2),
    ACTIVATE(3),
    DEACTIVATE(4);

    private final int id;

    LifecycleStep(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The next step on the way up; empty where there is none. */
    static Optional<LifecycleStep> up(LifecycleState from) {
        return switch (from) {
            case UNCONFIGURED -> Optional.of(CONFIGURE);
            case INACTIVE -> Optional.of(ACTIVATE);
            case UNKNOWN,
                    ACTIVE,
                    FINALIZED,
                    CONFIGURING,
                    CLEANINGUP,
                    SHUTTINGDOWN,
                    ACTIVATING,
                    DEACTIVATING,
                    ERRORPROCESSING -> Optional.empty();
        };
    }

    /** The next step on the way down; empty where there is none. */
    static Optional<LifecycleStep> down(LifecycleState from) {
        return switch (from) {
            case ACTIVE -> Optional.of(DEACTIVATE);
            case INACTIVE -> Optional.of(CLEANUP);
            case UNKNOWN,
                    UNCONFIGURED,
                    FINALIZED,
                    CONFIGURING,
                    CLEANINGUP,
                    SHUTTINGDOWN,
                    ACTIVATING,
                    DEACTIVATING,
                    ERRORPROCESSING -> Optional.empty();
        };
    }
}

package io.vyra.modulemanager.module;

import java.util.Set;

/** Whether a VYRA module is there and may work. */
public enum Lifecycle implements LayerValue {
    OFFLINE("Offline"),
    INITIALIZING("Initializing"),
    ACTIVE("Active"),
    SUSPENDED("Suspended"),
    RECOVERING("Recovering"),
    SHUTTING_DOWN("ShuttingDown");

    private final String wire;

    Lifecycle(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** Whether VYRA's state machine has a step from this to that. */
    public boolean leadsTo(Lifecycle next) {
        return successors().contains(next);
    }

    private Set<Lifecycle> successors() {
        return switch (this) {
            case OFFLINE -> Set.of(INITIALIZING);
            case INITIALIZING -> Set.of(ACTIVE, RECOVERING);
            case ACTIVE -> Set.of(SHUTTING_DOWN, RECOVERING, SUSPENDED);
            case SUSPENDED -> Set.of(ACTIVE);
            case RECOVERING -> Set.of(ACTIVE, SHUTTING_DOWN);
            case SHUTTING_DOWN -> Set.of(OFFLINE);
        };
    }
}

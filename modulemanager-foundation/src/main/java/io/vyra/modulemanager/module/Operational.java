package io.vyra.modulemanager.module;

import java.util.Set;

/** What a VYRA module's task is doing. */
public enum Operational implements LayerValue {
    IDLE("Idle"),
    READY("Ready"),
    RUNNING("Running"),
    PAUSED("Paused"),
    STOPPED("Stopped"),
    ERROR("Error");

    private final String wire;

    Operational(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * Whether VYRA's state machine has a step from this to that; those that another layer forces included: going down stops a task,
     * and a module that is offline is idle.
     */
    public boolean leadsTo(Operational next) {
        return next == IDLE ? this != IDLE : successors().contains(next);
    }

    private Set<Operational> successors() {
        return switch (this) {
            case IDLE -> Set.of(READY, ERROR);
            case READY -> Set.of(RUNNING, PAUSED, STOPPED, ERROR);
            case RUNNING -> Set.of(READY, PAUSED, STOPPED, ERROR);
            case PAUSED -> Set.of(READY, STOPPED, ERROR);
            case STOPPED, ERROR -> Set.of();
        };
    }
}

package io.vyra.module;

import java.util.Set;

/** What a module is doing. */
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

    boolean leadsTo(Operational next) {
        return successors().contains(next);
    }

    private Set<Operational> successors() {
        return switch (this) {
            case IDLE -> Set.of(READY, ERROR);
            case READY -> Set.of(RUNNING, PAUSED, STOPPED, ERROR);
            case RUNNING -> Set.of(READY, PAUSED, STOPPED, ERROR);
            case PAUSED -> Set.of(READY, STOPPED, ERROR);
            case STOPPED, ERROR -> Set.of(IDLE);
        };
    }
}

package io.vyra.module;

import java.util.Set;

/** How well a module is. */
public enum Health implements LayerValue {
    HEALTHY("Healthy"),
    WARNING("Warning"),
    CRITICAL("Critical");

    private final String wire;

    Health(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    boolean leadsTo(Health next) {
        return successors().contains(next);
    }

    private Set<Health> successors() {
        return switch (this) {
            case HEALTHY -> Set.of(WARNING, CRITICAL);
            case WARNING -> Set.of(HEALTHY, CRITICAL);
            case CRITICAL -> Set.of(HEALTHY);
        };
    }
}

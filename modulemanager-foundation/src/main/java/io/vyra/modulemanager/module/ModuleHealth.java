package io.vyra.modulemanager.module;

/** How a VYRA module says it is; each of the three may follow each other one but {@code Critical} → {@code Warning}. */
public enum ModuleHealth implements LayerValue {
    HEALTHY("Healthy"),
    WARNING("Warning"),
    CRITICAL("Critical");

    private final String wire;

    ModuleHealth(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** Whether VYRA's state machine has a step from this to that. */
    public boolean leadsTo(ModuleHealth next) {
        return this != next && !(this == CRITICAL && next == WARNING);
    }
}

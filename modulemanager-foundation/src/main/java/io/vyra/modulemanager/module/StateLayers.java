package io.vyra.modulemanager.module;

import java.util.Optional;

/** What is known of the three layers of a module's state; a layer is empty until the module told it. */
public record StateLayers(
        Optional<Lifecycle> lifecycle, Optional<Operational> operational, Optional<ModuleHealth> health) {
    public static final StateLayers UNKNOWN = new StateLayers(Optional.empty(), Optional.empty(), Optional.empty());

    /** These with the layer that the value belongs to replaced. */
    public StateLayers with(LayerValue value) {
        return switch (value) {
            case Lifecycle it -> new StateLayers(Optional.of(it), operational, health);
            case Operational it -> new StateLayers(lifecycle, Optional.of(it), health);
            case ModuleHealth it -> new StateLayers(lifecycle, operational, Optional.of(it));
        };
    }

    /**
     * Whether the value may come next by VYRA's state machine. If not, a message between was lost, and the module is to be asked for
     * its state. A value that is there already, or the first of its layer, always may.
     */
    public boolean allows(LayerValue value) {
        return switch (value) {
            case Lifecycle it ->
                lifecycle.map(now -> now == it || now.leadsTo(it)).orElse(true);
            case Operational it ->
                operational.map(now -> now == it || now.leadsTo(it)).orElse(true);
            case ModuleHealth it ->
                health.map(now -> now == it || now.leadsTo(it)).orElse(true);
        };
    }

    public boolean isUnknown() {
        return equals(UNKNOWN);
    }
}

package io.vyra.modulemanager.module;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value of one of the three layers of a VYRA module's state.
 *
 * <p>The layers share no value, so that a message that names a value alone tells its layer as well.
 */
public sealed interface LayerValue permits Lifecycle, Operational, ModuleHealth {

    /** As modules write it, for example {@code ShuttingDown}. */
    String wire();

    /** Finds a value by what modules write; case counts. */
    static Optional<LayerValue> parse(String wire) {
        return Stream.<LayerValue[]>of(Lifecycle.values(), Operational.values(), ModuleHealth.values())
                .flatMap(Stream::of)
                .filter(value -> value.wire().equals(wire))
                .findAny();
    }
}

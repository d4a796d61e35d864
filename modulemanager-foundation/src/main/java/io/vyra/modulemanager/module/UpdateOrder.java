package io.vyra.modulemanager.module;

import java.util.Optional;
import java.util.stream.Stream;

/** What comes first when a version takes another one's place; named as {@code update_config.order} of the Compose specification. */
public enum UpdateOrder {
    /** The new version runs beside the old one, which is stopped once the new one has proved itself. */
    START_FIRST("start-first"),
    /** The old version is stopped before the new one is started. */
    STOP_FIRST("stop-first");

    private final String wire;

    UpdateOrder(String wire) {
        this.wire = wire;
    }

    /** As it is written in manifests, plans and the journal. */
    public String wire() {
        return wire;
    }

    public static Optional<UpdateOrder> ofWire(String text) {
        return Stream.of(values()).filter(order -> order.wire.equals(text)).findFirst();
    }
}

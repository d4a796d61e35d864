package io.vyra.module;

/** A value of one of the three layers of a module's state. The layers share no value. */
public sealed interface LayerValue permits Lifecycle, Operational, Health {

    /** As it is written on the bus, for example {@code ShuttingDown}. */
    String wire();
}

package io.vyra.modulemanager.runtime;

import java.util.Locale;

/** How the container engine is, as far as modules need it. Telling never asks the engine. */
public enum EngineState {
    /** The distribution runs no modules in containers, or they are switched off. */
    ABSENT,
    /** No module has needed it since the manager started, so that it is not known whether there is one. */
    UNUSED,
    /** It is heard. */
    UP,
    /** It was needed, and does not answer. */
    DOWN;

    /** As in the API. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
